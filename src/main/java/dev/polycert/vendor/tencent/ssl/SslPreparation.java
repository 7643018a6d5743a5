package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Finds out whether there is anything to apply for. */
final class SslPreparation {
  private final SslApi api;
  private final KeyPasswords passwords;
  private final Clock clock;

  SslPreparation(SslApi api, KeyPasswords passwords, Clock clock) {
    this.api = api;
    this.passwords = passwords;
    this.clock = clock;
  }

  Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    Optional<VendorError> problem =
        SslOptions.problem(application).or(() -> passwords.problem(application));
    if (problem.isPresent()) {
      return Answer.<Preparation>refused(problem.get()).now();
    }
    String named = application.option(SslOptions.CERTIFICATE_ID);
    Reference old = application.renewalOf();
    if (old != null) {
      String oldId = old.id(SslProgress.CERTIFICATE_ID);
      return named == null || named.equals(oldId)
          ? renew(application, oldId, context)
          : adopt(application, named, context);
    }
    String linked = application.option(SslOptions.OLD_CERTIFICATE_ID);
    if (named != null) {
      return adopt(application, named, context);
    }
    return linked == null
        ? lookUp(application, Map.of(), context)
        : link(application, linked, context);
  }

  private Uni<Answer<Preparation>> link(
      Application application, String linked, CallContext context) {
    return Answer.then(
        api.describe(linked, context),
        found ->
            ExistingCertificates.linkable(found.value(), clock.instant())
                ? lookUp(application, Map.of(SslOptions.OLD_CERTIFICATE_ID, linked), context)
                : Answer.<Preparation>refused(
                        error(
                            "Option." + SslOptions.OLD_CERTIFICATE_ID,
                            linked + " is not issued and in its last 30 days"))
                    .now());
  }

  private Uni<Answer<Preparation>> adopt(
      Application application, String certificateId, CallContext context) {
    return api.describe(certificateId, context)
        .map(answer -> answer.then(found -> adopted(application, found)));
  }

  private Answer<Preparation> adopted(
      Application application, Answer.Success<SslCertificate> found) {
    DomainName domain = application.domain();
    SslCertificate certificate = found.value();
    String id = certificate.certificateId();
    String name = certificate.domain();
    // A bought certificate has no name before its information is submitted.
    if (name != null && !name.isEmpty() && !certificate.isFor(domain)) {
      return refused(id + " is for " + name + ", not for " + domain);
    }
    if (ExistingCertificates.over(certificate, clock.instant())) {
      return refused(
          id + " cannot be taken over, it has ended: " + SslStatus.verbatim(certificate));
    }
    Progress progress = SslProgress.of(domain, certificate, found.requestId());
    Optional<VendorError> problem =
        progress.phase() == Phase.PENDING_INFORMATION
            ? problem(application)
            : missingName(application, certificate);
    return problem
        .<Answer<Preparation>>map(Answer::refused)
        .orElseGet(
            () ->
                Answer.of(
                    new Preparation.Existing(SslInformation.explained(application, progress))));
  }

  /** The information of a bought certificate says nothing of a key: RSA_2048 is what it gets. */
  private static Optional<VendorError> problem(Application application) {
    Terms terms = application.terms();
    return terms.keyAlgorithm() == KeyAlgorithm.RSA_2048 || terms.information().csr() != null
        ? Optional.empty()
        : Optional.of(
            error(
                "keyAlgorithm",
                "keyAlgorithm: the key that Tencent Cloud makes for a bought certificate is"
                    + " RSA_2048, not "
                    + terms.keyAlgorithm()
                    + "; information.csr brings another one"));
  }

  /** The names of an existing application cannot change. */
  private static Optional<VendorError> missingName(
      Application application, SslCertificate certificate) {
    return AlternativeNames.of(application.domain(), application.terms().options()).stream()
        .filter(name -> !certificate.isFor(name))
        .findFirst()
        .map(
            name ->
                error(
                    "Option." + AlternativeNames.OPTION,
                    AlternativeNames.OPTION
                        + ": "
                        + certificate.certificateId()
                        + " was applied for without "
                        + name));
  }

  private static VendorError error(String code, String message) {
    return new VendorError(ErrorClass.FINAL, code, message);
  }

  /**
   * Looks at the certificate that is to be followed; it may be gone. A free one of less worth does
   * not follow one that was bought, unless that was asked for.
   */
  private Uni<Answer<Preparation>> renew(
      Application application, String oldId, CallContext context) {
    Uni<Answer<Optional<SslCertificate>>> old =
        api.describe(oldId, context)
            .map(
                answer ->
                    answer
                        .map(Optional::of)
                        .recover(
                            error -> error.code().equals(TencentSslErrors.CERTIFICATE_NOT_FOUND),
                            Optional.empty()));
    return Answer.then(
        old,
        found -> {
          if (found.value().filter(certificate -> !certificate.free()).isPresent()) {
            return refused(
                    oldId + " was bought: buy its successor and apply with its certificateId")
                .now();
          }
          if (!SslOptions.otherNames(application).isEmpty()) {
            return Answer.<Preparation>refused(SslOptions.oneName()).now();
          }
          Map<String, String> link =
              found
                  .value()
                  .filter(there -> ExistingCertificates.linkable(there, clock.instant()))
                  .map(there -> Map.of(SslOptions.OLD_CERTIFICATE_ID, oldId))
                  .orElse(Map.of());
          return lookUp(application, link, context);
        });
  }

  private Uni<Answer<Preparation>> lookUp(
      Application application, Map<String, String> settings, CallContext context) {
    DomainName domain = application.domain();
    return api.named(domain, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        Answer.of(
                            ExistingCertificates.serving(
                                    found.value(), application, clock.instant())
                                .map(there -> SslProgress.of(domain, there, found.requestId()))
                                .<Preparation>map(Preparation.Existing::new)
                                .orElseGet(() -> new Preparation.Ready(Plan.of(settings))))));
  }

  private static Answer<Preparation> refused(String message) {
    return Answer.refused(error("Option." + SslOptions.CERTIFICATE_ID, message));
  }
}
