package dev.polycert.vendor.aws.acm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.aws.AwsJsonService;
import io.smallrye.mutiny.Uni;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Calls ACM's operations. */
final class AcmClient {
  private static final int A_PAGE = 1000;

  /** Without this ACM lists certificates with RSA keys of at most 2048 bits alone. */
  private static final List<String> ALL_KEYS =
      List.of(
          "RSA_1024",
          "RSA_2048",
          "RSA_3072",
          "RSA_4096",
          "EC_prime256v1",
          "EC_secp384r1",
          "EC_secp521r1");

  private final AwsJsonService service;

  AcmClient(AwsJsonService service) {
    this.service = service;
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

  /** Looks for an import of this very certificate; answers with its ARN. */
  Uni<Answer<Optional<String>>> find(
      Region region, CertificateBundle certificate, CallContext context) {
    return Pem.certificate(certificate.certificate())
        .map(wanted -> search(region, wanted, null, context))
        .orElseGet(() -> unreadable().now());
  }

  private Uni<Answer<Optional<String>>> search(
      Region region, X509Certificate wanted, @Nullable String page, CallContext context) {
    return Answer.then(
        list(region, page, context),
        listed -> {
          JsonNode listing = listed.value();
          return among(region, wanted, listing, candidates(listing, wanted), context);
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
  private Uni<Answer<Optional<String>>> among(
      Region region,
      X509Certificate wanted,
      JsonNode listing,
      List<String> candidates,
      CallContext context) {
    if (candidates.isEmpty()) {
      return text(listing, "NextToken")
          .map(next -> search(region, wanted, next, context))
          .orElseGet(() -> Answer.of(Optional.<String>empty()).now());
    }
    String arn = candidates.getFirst();
    return Answer.then(
        show(region, arn, context),
        shown ->
            Pem.certificate(shown.value()).filter(wanted::equals).isPresent()
                ? new Answer.Success<>(Optional.of(arn), shown.requestId()).now()
                : among(
                    region, wanted, listing, candidates.subList(1, candidates.size()), context));
  }

  private Uni<Answer<JsonNode>> list(Region region, @Nullable String page, CallContext context) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("MaxItems", A_PAGE);
    ArrayNode keyTypes = body.putObject("Includes").putArray("keyTypes");
    ALL_KEYS.forEach(keyTypes::add);
    if (page != null) {
      body.put("NextToken", page);
    }
    return service.read(
        "ListCertificates",
        region,
        context,
        body,
        root -> Optional.of(root).filter(it -> it.path("CertificateSummaryList").isArray()));
  }

  private Uni<Answer<String>> show(Region region, String arn, CallContext context) {
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

  private static Answer<Optional<String>> unreadable() {
    return Answer.refused(
        new VendorError(
            ErrorClass.FINAL,
            "Certificate.Unreadable",
            "the certificate is none in PEM that can be read"));
  }
}
