package dev.polycert.vendor.aws.acm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.aws.Acm;
import dev.polycert.vendor.aws.AwsJsonService;
import io.smallrye.mutiny.Uni;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
   * @param same the ARN of the import of this very certificate, if there is one
   * @param unconfirmed an import of another certificate that was sent, if there is one and there is
   *     none of this very certificate
   * @param imports how many there were in the last year, up to where the look ended
   */
  record Found(Optional<String> same, Optional<Import> unconfirmed, int imports) {}

  /** A certificate that was imported, in PEM. */
  record Import(String arn, String certificate) {}

  /**
   * A look for an import.
   *
   * @param domain that all certificates are for
   * @param sent the SHA-256 of other certificates that may have been imported
   */
  private record Look(
      Region region, X509Certificate wanted, String domain, Set<String> sent, CallContext context) {

    /** Without a fingerprint in the list, its end and its names say which may be one of these. */
    boolean concerns(JsonNode summary) {
      // Seconds since 1970.
      long end = wanted.getNotAfter().toInstant().getEpochSecond();
      return summary.path("Type").asText().equals("IMPORTED")
          && (summary.path("NotAfter").asLong(Long.MIN_VALUE) == end
              || (!sent.isEmpty() && isFor(summary)));
    }

    private boolean isFor(JsonNode summary) {
      return summary.path("HasAdditionalSubjectAlternativeNames").asBoolean()
          || Stream.concat(
                  Stream.of(summary.path("DomainName")),
                  summary.path("SubjectAlternativeNameSummaries").valueStream())
              .anyMatch(name -> name.asText().equalsIgnoreCase(domain));
    }
  }

  /** Looks for an import of the certificate, and for one of those sent before it. */
  Uni<Answer<Found>> find(Region region, Consignment consignment, CallContext context) {
    return Pem.certificate(consignment.certificate().certificate())
        .map(
            wanted -> {
              Set<String> sent = new HashSet<>(consignment.sent());
              sent.remove(Pem.fingerprint(wanted));
              String domain = consignment.domain().ascii();
              return search(
                  new Look(region, wanted, domain, sent, context),
                  null,
                  new Found(Optional.empty(), Optional.empty(), 0));
            })
        .orElseGet(() -> Answer.<Found>refused(Pem.UNREADABLE).now());
  }

  private Uni<Answer<Found>> search(Look look, @Nullable String page, Found before) {
    return Answer.then(
        list(look.region, page, look.context),
        listed -> {
          JsonNode listing = listed.value();
          int imports = before.imports + Imports.count(listing, clock.instant());
          List<String> candidates =
              listing
                  .path("CertificateSummaryList")
                  .valueStream()
                  .filter(look::concerns)
                  .flatMap(summary -> text(summary, "CertificateArn").stream())
                  .toList();
          Found seen = new Found(Optional.empty(), before.unconfirmed, imports);
          return among(look, text(listing, "NextToken"), candidates, seen);
        });
  }

  /** The first candidate that is the wanted one, else what the next page has. */
  private Uni<Answer<Found>> among(
      Look look, Optional<String> next, List<String> candidates, Found seen) {
    if (candidates.isEmpty()) {
      return next.map(token -> search(look, token, seen)).orElseGet(() -> Answer.of(seen).now());
    }
    String arn = candidates.getFirst();
    return Answer.then(
        show(look.region, arn, look.context),
        shown -> {
          Optional<X509Certificate> there = Pem.certificate(shown.value());
          if (there.filter(look.wanted::equals).isPresent()) {
            Found same = new Found(Optional.of(arn), Optional.empty(), seen.imports);
            return new Answer.Success<>(same, shown.requestId()).now();
          }
          Optional<Import> unconfirmed =
              there
                  .filter(it -> look.sent.contains(Pem.fingerprint(it)))
                  .map(it -> new Import(arn, shown.value()))
                  .or(() -> seen.unconfirmed);
          return among(
              look,
              next,
              candidates.subList(1, candidates.size()),
              new Found(Optional.empty(), unconfirmed, seen.imports));
        });
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
