package dev.polycert.vendor.aws.acm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.aws.Acm;
import dev.polycert.vendor.aws.AwsJsonService;
import io.smallrye.mutiny.Uni;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Calls ACM's operations. */
final class AcmClient {
  private final AwsJsonService service;
  private final Clock clock;

  AcmClient(AwsJsonService service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  /**
   * Imports a certificate; a write.
   *
   * @param arn of the certificate whose place it takes; null for none
   */
  Uni<Answer<String>> importCertificate(
      Region region, CertificateBundle certificate, @Nullable String arn, WriteContext context) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("Certificate", bytes(certificate.certificate()))
            .put("PrivateKey", bytes(Objects.requireNonNull(certificate.privateKey()).reveal()));
    if (!certificate.chain().isEmpty()) {
      body.put("CertificateChain", bytes(certificate.chain()));
    }
    if (arn != null) {
      body.put("CertificateArn", arn);
    }
    return service.write(
        "ImportCertificate", region, context, body, root -> text(root, "CertificateArn"));
  }

  /**
   * What a look for an import came to.
   *
   * @param arn of the import of this very certificate, if there is one
   * @param imports how many there were in the last year, up to where the look ended
   */
  record Found(Optional<String> arn, int imports) {}

  /** Looks for an import of this very certificate. */
  Uni<Answer<Found>> find(Region region, CertificateBundle certificate, CallContext context) {
    return Pem.certificate(certificate.certificate())
        .map(wanted -> search(region, wanted, null, 0, context))
        .orElseGet(() -> Answer.<Found>refused(Pem.UNREADABLE).now());
  }

  private Uni<Answer<Found>> search(
      Region region,
      X509Certificate wanted,
      @Nullable String page,
      int before,
      CallContext context) {
    return Answer.then(
        list(region, page, context),
        listed -> {
          JsonNode listing = listed.value();
          int imports = before + Imports.count(listing, clock.instant());
          return among(region, wanted, listing, candidates(listing, wanted), imports, context);
        });
  }

  /** The imports that end when the wanted one does. */
  private static List<String> candidates(JsonNode listing, X509Certificate wanted) {
    long end = wanted.getNotAfter().toInstant().getEpochSecond();
    return listing
        .path("CertificateSummaryList")
        .valueStream()
        .filter(summary -> summary.path("Type").asText().equals("IMPORTED"))
        // Seconds since 1970.
        .filter(summary -> summary.path("NotAfter").asLong(Long.MIN_VALUE) == end)
        .flatMap(summary -> text(summary, "CertificateArn").stream())
        .toList();
  }

  /** The first candidate that is the wanted one, else what the next page has. */
  private Uni<Answer<Found>> among(
      Region region,
      X509Certificate wanted,
      JsonNode listing,
      List<String> candidates,
      int imports,
      CallContext context) {
    if (candidates.isEmpty()) {
      return text(listing, "NextToken")
          .map(next -> search(region, wanted, next, imports, context))
          .orElseGet(() -> Answer.of(new Found(Optional.empty(), imports)).now());
    }
    String arn = candidates.getFirst();
    return Answer.then(
        show(region, arn, context),
        shown ->
            Pem.certificate(shown.value()).filter(wanted::equals).isPresent()
                ? new Answer.Success<>(new Found(Optional.of(arn), imports), shown.requestId())
                    .now()
                : among(
                    region,
                    wanted,
                    listing,
                    candidates.subList(1, candidates.size()),
                    imports,
                    context));
  }

  private Uni<Answer<JsonNode>> list(Region region, @Nullable String page, CallContext context) {
    return service.read(
        "ListCertificates",
        region,
        context,
        Acm.page(page),
        root -> Optional.of(root).filter(it -> it.path("CertificateSummaryList").isArray()));
  }

  /** Shows a certificate in PEM. */
  Uni<Answer<String>> show(Region region, String arn, CallContext context) {
    return service.read(
        "GetCertificate",
        region,
        context,
        JsonNodeFactory.instance.objectNode().put("CertificateArn", arn),
        root -> Optional.ofNullable(JsonEnvelope.first(root, "Certificate")));
  }

  private static byte[] bytes(String pem) {
    return pem.getBytes(UTF_8);
  }

  private static Optional<String> text(JsonNode object, String member) {
    return Optional.ofNullable(JsonEnvelope.first(object, member)).filter(text -> !text.isEmpty());
  }
}
