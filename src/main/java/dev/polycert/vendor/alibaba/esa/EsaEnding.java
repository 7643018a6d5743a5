package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.UtcTime;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
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
final class EsaEnding {
  private final EsaClient client;
  private final EsaLookup lookup;

  EsaEnding(EsaClient client, EsaLookup lookup) {
    this.client = client;
    this.lookup = lookup;
  }

  Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return lookup.referenced(
        application,
        context,
        (shown, requestId) ->
            switch (EsaProgress.phase(shown)) {
              case APPLYING, PENDING_VALIDATION -> deleteUnused(application, context);
              case ISSUED ->
                  refused(
                      "Certificate.Issued",
                      shown,
                      "is issued already; delete it instead",
                      requestId);
              default -> done(EsaLookup.progress(application, reference, shown, requestId));
            });
  }

  Uni<Answer<Progress>> delete(Application application, CallContext context) {
    return lookup.referenced(
        application,
        context,
        (shown, requestId) ->
            switch (EsaProgress.phase(shown)) {
              case APPLYING, PENDING_VALIDATION, FAILED, CANCELLED, EXPIRED ->
                  deleteUnused(application, context);
              case ISSUED -> deleteSuperseded(application, shown, requestId, context);
              default ->
                  refused(
                      "Certificate.UseUnknown",
                      shown,
                      "may be in use: that status is not known here",
                      requestId);
            });
  }

  private Uni<Answer<Progress>> deleteSuperseded(
      Application application,
      EsaCertificate certificate,
      @Nullable String requestId,
      CallContext context) {
    List<String> names =
        Stream.concat(Stream.ofNullable(certificate.commonName()), certificate.names().stream())
            .distinct()
            .toList();
    Instant end = UtcTime.parse(certificate.notAfter());
    return names.isEmpty() || end == null
        ? refused(
            "Certificate.UseUnknown",
            certificate,
            "may be in use: ESA does not tell its names and end",
            requestId)
        : deleteSuperseded(application, certificate, names, end, context);
  }

  /** Looks at name after name, and deletes when none is left that needs the certificate. */
  private Uni<Answer<Progress>> deleteSuperseded(
      Application application,
      EsaCertificate certificate,
      List<String> names,
      Instant end,
      CallContext context) {
    if (names.isEmpty()) {
      return deleteUnused(application, context);
    }
    String name = names.getFirst();
    String siteId = application.requireReference().id(EsaOptions.SITE_ID);
    return Answer.then(
        client.validFor(siteId, name, context),
        matching ->
            matching.value().stream().anyMatch(other -> supersedes(other, application, end))
                ? deleteSuperseded(
                    application, certificate, names.subList(1, names.size()), end, context)
                : refused(
                    "Certificate.InUse",
                    certificate,
                    "serves " + name + ": no other valid certificate of the site lasts longer",
                    matching.requestId()));
  }

  private static boolean supersedes(EsaCertificate other, Application application, Instant end) {
    String id = application.requireReference().id("id");
    Instant otherEnd = UtcTime.parse(other.notAfter());
    return other.id() != null
        && !other.id().equals(id)
        && EsaProgress.phase(other) == Phase.ISSUED
        && otherEnd != null
        && otherEnd.isAfter(end);
  }

  private Uni<Answer<Progress>> deleteUnused(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return client
        .delete(reference.id(EsaOptions.SITE_ID), reference.id("id"), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<EsaDeleted> gone -> new Failure.Absent(gone.requestId());
                  case Answer.Failed<EsaDeleted>(Failure failure) -> outcome;
                });
  }

  private static Uni<Answer<Progress>> refused(
      String code, EsaCertificate certificate, String what, @Nullable String requestId) {
    return done(
        new Failure.Refused(
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
                null)));
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
