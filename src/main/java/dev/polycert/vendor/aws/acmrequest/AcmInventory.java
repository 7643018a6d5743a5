package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Inventory;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Lists a region's certificates. Certificates that ACM issues can become orders; imported ones, and
 * those of private CAs, belong to the person who put them there.
 */
final class AcmInventory {
  private final AcmApi api;

  AcmInventory(AcmApi api) {
    this.api = api;
  }

  /**
   * @param cursor {@code NextToken} of the page before
   */
  Uni<Answer<Inventory>> page(Region region, @Nullable String cursor, CallContext context) {
    // ListCertificates, NextToken: printable characters, at most 10,000.
    if (cursor != null && !cursor.matches("[\\x20-\\xff]{1,10000}")) {
      return Inventory.unknownCursor(cursor).now();
    }
    return api.list(region, cursor, context)
        .map(
            answer ->
                answer.map(
                    page ->
                        new Inventory(
                            page.certificates().stream().map(AcmInventory::item).toList(),
                            page.next(),
                            "of the region " + region.id() + " alone")));
  }

  private static Inventory.Item item(AcmCertificate certificate) {
    List<String> names = certificate.names();
    return new Inventory.Item(
            certificate.domain(),
            names.isEmpty() ? List.of(certificate.domain()) : names,
            certificate.reference(),
            AcmProgress.phase(certificate),
            certificate.facts(),
            AcmProgress.status(certificate))
        .withUploaded(!certificate.own())
        .withOptions(options(certificate))
        .losing(
            certificate.truncated()
                ? List.of("the names that ListCertificates does not show")
                : List.of());
  }

  /** Without the others, a renewal would be for the first name, without its key, or elsewhere. */
  private static Map<String, String> options(AcmCertificate certificate) {
    Map<String, String> options =
        new HashMap<>(AlternativeNames.option(certificate.domain(), certificate.names()));
    AcmCertificate.region(certificate.arn())
        .ifPresent(region -> options.put(AwsRegions.OPTION, region.id()));
    if (certificate.exportable()) {
      options.put(AcmOptions.EXPORTABLE, "true");
    }
    return options;
  }
}
