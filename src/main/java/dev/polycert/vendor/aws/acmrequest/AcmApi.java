package dev.polycert.vendor.aws.acmrequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.vendor.aws.Acm;
import dev.polycert.vendor.aws.AwsJsonService;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** ACM's operations on public certificates. */
final class AcmApi {
  private static final String ARN = "CertificateArn";

  /** An account has 2500 certificates, or as many as it has asked AWS for. */
  private static final int MOST_PAGES = 100;

  /** A list without its end proves nothing about a certificate that it lacks. */
  private static final VendorError ENDLESS =
      new VendorError(
          ErrorClass.RETRY,
          "Answer.Endless",
          "ListCertificates has no end after " + MOST_PAGES + " pages");

  private final AwsJsonService service;

  AcmApi(AwsJsonService service) {
    this.service = service;
  }

  /**
   * A page of the account's certificates in a region.
   *
   * @param next {@code NextToken}; null on the last one
   */
  record Page(List<AcmCertificate> certificates, @Nullable String next) {}

  /** Requests a certificate, and returns its ARN. */
  Uni<Answer<String>> request(Region region, ObjectNode body, WriteContext context) {
    return service.write(
        "RequestCertificate",
        region,
        context,
        body,
        root ->
            text(root, ARN)
                .filter(arn -> AcmCertificate.region(arn).filter(region::equals).isPresent()));
  }

  /** Describes a certificate, which may have gone. */
  Uni<Answer<AcmCertificate>> describe(String arn, CallContext context) {
    return service
        .read(
            "DescribeCertificate",
            region(arn),
            context,
            arn(arn),
            root -> AcmCertificate.of(root.path("Certificate")).filter(it -> it.arn().equals(arn)))
        .map(AcmApi::orAbsent);
  }

  /** Lists certificates of any status, with keys of any kind. */
  Uni<Answer<Page>> list(Region region, @Nullable String token, CallContext context) {
    return service.read("ListCertificates", region, context, Acm.page(token), AcmApi::page);
  }

  private static Optional<Page> page(JsonNode root) {
    JsonNode summaries = root.path("CertificateSummaryList");
    return summaries.isArray()
        ? Optional.of(
            new Page(
                summaries
                    .valueStream()
                    .flatMap(summary -> AcmCertificate.of(summary).stream())
                    .toList(),
                text(root, "NextToken").orElse(null)))
        : Optional.empty();
  }

  /** Lists all certificates of a region. */
  Uni<Answer<List<AcmCertificate>>> all(Region region, CallContext context) {
    return all(region, null, List.of(), 1, context);
  }

  private Uni<Answer<List<AcmCertificate>>> all(
      Region region,
      @Nullable String token,
      List<AcmCertificate> before,
      int pages,
      CallContext context) {
    return Answer.then(
        list(region, token, context),
        listed -> {
          List<AcmCertificate> all = new ArrayList<>(before);
          all.addAll(listed.value().certificates());
          String next = listed.value().next();
          if (next == null) {
            return new Answer.Success<>(List.copyOf(all), listed.requestId()).now();
          }
          return pages == MOST_PAGES
              ? Answer.<List<AcmCertificate>>refused(ENDLESS).now()
              : all(region, next, all, pages + 1, context);
        });
  }

  /** The tags of a certificate, which may have gone. */
  Uni<Answer<Map<String, String>>> tags(String arn, CallContext context) {
    return service
        .read(
            "ListTagsForCertificate",
            region(arn),
            context,
            arn(arn),
            // The reference shows no list where there are no tags.
            root ->
                Optional.of(
                    root.path("Tags")
                        .valueStream()
                        .filter(tag -> tag.has("Key"))
                        .collect(
                            Collectors.toMap(
                                tag -> text(tag, "Key").orElse(""),
                                tag -> text(tag, "Value").orElse(""),
                                (one, other) -> one))))
        .map(AcmApi::orAbsent);
  }

  /** The contents of an export, in PEM; the key is encrypted. */
  record Exported(String certificate, String chain, @Nullable String encryptedKey) {}

  /** The certificate without its key. */
  Uni<Answer<Exported>> get(String arn, CallContext context) {
    return service.read(
        "GetCertificate", region(arn), context, arn(arn), root -> exported(root, null));
  }

  /** The certificate and its key, encrypted under a passphrase. */
  Uni<Answer<Exported>> export(String arn, byte[] passphrase, CallContext context) {
    return service.read(
        "ExportCertificate",
        region(arn),
        context,
        arn(arn).put("Passphrase", passphrase),
        root -> text(root, "PrivateKey").flatMap(key -> exported(root, key)));
  }

  private static Optional<Exported> exported(JsonNode root, @Nullable String key) {
    return text(root, "Certificate")
        .map(it -> new Exported(it, text(root, "CertificateChain").orElse(""), key));
  }

  /** Deletes a certificate, which may have gone before. */
  Uni<Answer<Boolean>> delete(String arn, WriteContext context) {
    return service
        .writeSilently("DeleteCertificate", region(arn), context, arn(arn))
        .map(AcmApi::orAbsent);
  }

  private static ObjectNode arn(String arn) {
    return JsonNodeFactory.instance.objectNode().put(ARN, arn);
  }

  /** The region of an ARN that was checked when it came in. */
  private static Region region(String arn) {
    return AcmCertificate.region(arn).orElseThrow();
  }

  private static <T> Answer<T> orAbsent(Answer<T> answer) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure.isRefused(Acm.NOT_FOUND)
                    ? new Failure.Absent(failure.error().requestId())
                    : failure));
  }

  private static Optional<String> text(JsonNode object, String member) {
    return Optional.ofNullable(JsonEnvelope.first(object, member)).filter(text -> !text.isEmpty());
  }
}
