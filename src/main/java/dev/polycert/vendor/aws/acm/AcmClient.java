package dev.polycert.vendor.aws.acm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Failure;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.provider.Pem;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateBundle;
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
      Region region, CertificateBundle certificate, @Nullable String arn, CallContext context) {
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
        "ImportCertificate",
        region,
        context,
        body,
        AcmAnswers.Imported.class,
        AcmAnswers.Imported::found);
  }

  /** Looks for an import of this very certificate; answers with its ARN. */
  Uni<Answer<Optional<String>>> find(Region region, CertificateBundle certificate, CallContext context) {
    return Pem.certificate(certificate.certificate())
        .map(wanted -> search(region, wanted, null, context))
        .orElseGet(() -> Uni.createFrom().item(unreadable()));
  }

  private Uni<Answer<Optional<String>>> search(
      Region region, X509Certificate wanted, @Nullable String page, CallContext context) {
    return list(region, page, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<AcmAnswers.Listing>(var listing, var requestId) ->
                      among(region, wanted, listing, candidates(listing, wanted), context);
                  case Answer.Failed<AcmAnswers.Listing>(Failure failure) ->
                      Uni.createFrom().item(new Answer.Failed<>(outcome));
                });
  }

  /** The imports that end when the wanted one does. */
  private static List<String> candidates(AcmAnswers.Listing listing, X509Certificate wanted) {
    long end = wanted.getNotAfter().toInstant().getEpochSecond();
    return listing.items().stream()
        .filter(summary -> "IMPORTED".equals(summary.type()))
        .filter(summary -> summary.notAfter() != null && summary.notAfter().longValue() == end)
        .map(AcmAnswers.Summary::arn)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The first candidate that is the wanted one, else what the next page has. */
  private Uni<Answer<Optional<String>>> among(
      Region region,
      X509Certificate wanted,
      AcmAnswers.Listing listing,
      List<String> candidates,
      CallContext context) {
    if (candidates.isEmpty()) {
      return listing.next() == null
          ? Uni.createFrom().item(new Answer.Success<>(Optional.empty(), null))
          : search(region, wanted, listing.next(), context);
    }
    String arn = candidates.getFirst();
    return show(region, arn, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<String>(String pem, var requestId)
                      when Pem.certificate(pem).filter(wanted::equals).isPresent() ->
                      Uni.createFrom().item(new Answer.Success<>(Optional.of(arn), requestId));
                  case Answer.Success<String> another ->
                      among(
                          region,
                          wanted,
                          listing,
                          candidates.subList(1, candidates.size()),
                          context);
                  case Answer.Failed<String>(Failure failure) ->
                      Uni.createFrom().item(new Answer.Failed<>(outcome));
                });
  }

  private Uni<Answer<AcmAnswers.Listing>> list(
      Region region, @Nullable String page, CallContext context) {
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
        AcmAnswers.Listing.class,
        AcmAnswers.Listing::found);
  }

  private Uni<Answer<String>> show(Region region, String arn, CallContext context) {
    return service.read(
        "GetCertificate",
        region,
        context,
        JsonNodeFactory.instance.objectNode().put("CertificateArn", arn),
        AcmAnswers.Shown.class,
        AcmAnswers.Shown::found);
  }

  private static byte[] bytes(String pem) {
    return pem.getBytes(UTF_8);
  }

  private static Answer<Optional<String>> unreadable() {
    return new Answer.Failed<>(
        new Failure.Refused(
            new VendorError(
                ErrorClass.FINAL,
                "Certificate.Unreadable",
                "the certificate is none in PEM that can be read")));
  }
}
