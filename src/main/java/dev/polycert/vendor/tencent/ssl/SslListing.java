package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Lists the account's certificates, but for those that somebody uploaded: no order made them. */
final class SslListing {
  private final SslApi api;

  SslListing(SslApi api) {
    this.api = api;
  }

  /**
   * @param cursor the offset of the page
   */
  Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    if (cursor != null && !cursor.matches("\\d{1,9}")) {
      return Result.refused(
          new VendorError(ErrorClass.FINAL, "Cursor", "a cursor is a number, not " + cursor));
    }
    int offset = cursor == null ? 0 : Integer.parseInt(cursor);
    return Answer.then(
        api.list(null, offset, context),
        page -> {
          DescribeCertificatesAnswer told = page.value();
          int end = offset + told.certificates().size();
          boolean more = end > offset && end < told.totalCount();
          Inventory inventory =
              new Inventory(
                  told.certificates().stream()
                      .filter(certificate -> !certificate.uploaded())
                      .map(SslListing::item)
                      .toList(),
                  more ? String.valueOf(end) : null);
          return Uni.createFrom().item(new Answer.Success<>(inventory, page.requestId()));
        });
  }

  private static Inventory.Item item(SslCertificate certificate) {
    String domain = certificate.domain() == null ? "" : certificate.domain();
    return new Inventory.Item(
        domain,
        certificate.subjectAltName(),
        Reference.of(SslProgress.CERTIFICATE_ID, certificate.certificateId()),
        SslStatus.of(certificate).phase(),
        certificate.notAfter() == null ? null : SslProgress.facts(domain, certificate),
        SslStatus.verbatim(certificate));
  }
}
