package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.UtcTime;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Withdraws applications and deletes certificates, both by DeleteCertificate: ESA has no other
 * operation for it.
 *
 * <p>ESA serves every valid certificate of a site by itself, to every name that it matches. One is
 * therefore in use unless ESA shows, for each of its names, another valid certificate that lasts
 * longer.
 */
final class EsaRemoval {
  private final EsaClient client;
  private final EsaLookup lookup;

  EsaRemoval(EsaClient client, EsaLookup lookup) {
    this.client = client;
    this.lookup = lookup;
  }

  Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    Reference reference = application.requireReference();
    return Answer.then(
        lookup.referenced(application, context),
        shown ->
            switch (EsaProgress.phase(shown.value())) {
              case APPLYING, PENDING_VALIDATION -> deleteUnused(reference, context);
              case ISSUED ->
                  refused(
                      "Certificate.Issued",
                      shown.value(),
                      "is issued already; delete it instead",
                      shown.requestId());
              default -> Answer.of(EsaProgress.of(application, reference, shown)).now();
            });
  }

  Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    Reference reference = application.requireReference();
    return Answer.then(
        lookup.referenced(application, context),
        shown ->
            switch (EsaProgress.phase(shown.value())) {
              case APPLYING, PENDING_VALIDATION, FAILED, CANCELLED, EXPIRED ->
                  deleteUnused(reference, context);
              case ISSUED -> deleteSuperseded(reference, shown, context);
              default ->
                  refused(
                      "Certificate.UseUnknown",
                      shown.value(),
                      "may be in use: that status is not known here",
                      shown.requestId());
            });
  }

  private Uni<Answer<Progress>> deleteSuperseded(
      Reference reference, Answer.Success<Certificate> shown, WriteContext context) {
    Certificate certificate = shown.value();
    List<String> names =
        Stream.concat(Stream.ofNullable(certificate.commonName()), certificate.names().stream())
            .distinct()
            .toList();
    Instant end = UtcTime.parse(certificate.notAfter());
    return names.isEmpty() || end == null
        ? refused(
            "Certificate.UseUnknown",
            certificate,
            "may be in use: ESA does not report its names and end",
            shown.requestId())
        : deleteSuperseded(reference, certificate, names, end, context);
  }

  /** Looks at name after name, and deletes when none is left that needs the certificate. */
  private Uni<Answer<Progress>> deleteSuperseded(
      Reference reference,
      Certificate certificate,
      List<String> names,
      Instant end,
      WriteContext context) {
    if (names.isEmpty()) {
      return deleteUnused(reference, context);
    }
    String name = names.getFirst();
    return Answer.then(
        client.validFor(reference.id(EsaOptions.SITE_ID), name, context),
        matching ->
            matching.value().stream().anyMatch(other -> supersedes(other, reference, end))
                ? deleteSuperseded(
                    reference, certificate, names.subList(1, names.size()), end, context)
                : refused(
                    "Certificate.InUse",
                    certificate,
                    "serves " + name + ": no other valid certificate of the site lasts longer",
                    matching.requestId()));
  }

  private static boolean supersedes(Certificate other, Reference reference, Instant end) {
    Instant otherEnd = UtcTime.parse(other.notAfter());
    return other.id() != null
        && !other.id().equals(reference.id("id"))
        && EsaProgress.phase(other) == Phase.ISSUED
        && otherEnd != null
        && otherEnd.isAfter(end);
  }

  private Uni<Answer<Progress>> deleteUnused(Reference reference, WriteContext context) {
    return client
        .delete(reference.id(EsaOptions.SITE_ID), reference.id("id"), context)
        .map(
            answer ->
                answer.then(gone -> new Answer.Failed<>(new Failure.Absent(gone.requestId()))));
  }

  private static Uni<Answer<Progress>> refused(
      String code, Certificate certificate, String what, @Nullable String requestId) {
    return Answer.<Progress>refused(
            new VendorError(
                ErrorClass.FINAL,
                code,
                "the certificate for "
                    + certificate.domain()
                    + " in status "
                    + certificate.status()
                    + " "
                    + what,
                requestId,
                null))
        .now();
  }
}
