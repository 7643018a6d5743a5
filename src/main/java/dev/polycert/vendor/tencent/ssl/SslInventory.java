package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.tencent.ssl.SslApi.Certificates;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the account's certificates, but for uploaded ones: no order made them. */
final class SslInventory {
  private final SslApi api;

  SslInventory(SslApi api) {
    this.api = api;
  }

  /**
   * @param cursor the offset of the page
   */
  Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    if (cursor != null && !cursor.matches("\\d{1,9}")) {
      return Inventory.unknownCursor(cursor).now();
    }
    int offset = cursor == null ? 0 : Integer.parseInt(cursor);
    return api.list(null, offset, context)
        .map(answer -> answer.map(page -> inventory(offset, page)));
  }

  private static Inventory inventory(int offset, Certificates page) {
    int end = offset + page.certificates().size();
    boolean more = end > offset && end < page.totalCount();
    return new Inventory(
        page.certificates().stream()
            .filter(certificate -> !certificate.uploaded())
            .map(SslInventory::item)
            .toList(),
        more ? String.valueOf(end) : null);
  }

  private static Inventory.Item item(SslCertificate certificate) {
    String domain = certificate.domain() == null ? "" : certificate.domain();
    return new Inventory.Item(
            domain,
            certificate.subjectAltName(),
            Reference.of(SslProgress.CERTIFICATE_ID, certificate.certificateId()),
            SslStatus.of(certificate).phase(),
            certificate.notAfter() == null ? null : SslProgress.facts(domain, certificate),
            SslStatus.verbatim(certificate))
        .losing(lost(domain, certificate));
  }

  /** Renewals are free certificates, each of one name and of what the CA adds to it by itself. */
  private static List<String> lost(String domain, SslCertificate certificate) {
    return certificate.subjectAltName().stream()
        .filter(name -> !DnsNames.same(name, domain))
        .filter(name -> !certificate.free() || !isAdded(name, domain))
        .toList();
  }

  /** The CA adds the name with www or without it, and to a wildcard the name above. */
  private static boolean isAdded(String name, String domain) {
    return DnsNames.same(name, "www." + domain)
        || Stream.of("www.", "*.").anyMatch(label -> DnsNames.same(label + name, domain));
  }
}
