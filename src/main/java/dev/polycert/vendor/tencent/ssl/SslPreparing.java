package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Finds out whether there is anything to apply for. */
final class SslPreparing {
  private final SslApi api;
  private final Clock clock;

  SslPreparing(SslApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    Optional<VendorError> problem = SslOptions.problem(application);
    if (problem.isPresent()) {
      return Uni.createFrom().item(new Failure.Refused(problem.get()));
    }
    String named = application.option(SslOptions.CERTIFICATE_ID);
    Reference old = application.renewalOf();
    if (old != null) {
      String oldId = old.id(SslProgress.CERTIFICATE_ID);
      return named == null || named.equals(oldId)
          ? renew(application, oldId, context)
          : adopt(application, named, context);
    }
    return named == null
        ? lookUp(application, link(application), context)
        : adopt(application, named, context);
  }

  private static Map<String, String> link(Application application) {
    String old = application.option(SslOptions.OLD_CERTIFICATE_ID);
    return old == null ? Map.of() : Map.of(SslOptions.OLD_CERTIFICATE_ID, old);
  }

  private Uni<Answer<Progress>> adopt(Application application, String certificateId, CallContext context) {
    DomainName domain = application.domain();
    return Answer.then(
        api.describe(certificateId, context),
        found -> {
          SslCertificate certificate = found.value();
          String name = certificate.domain();
          // A bought certificate has no name before its information is submitted.
          if (name != null && !name.isEmpty() && !certificate.isFor(domain)) {
            return refused(certificateId + " is for " + name + ", not for " + domain);
          }
          if (SslExisting.over(certificate, clock.instant())) {
            return refused(
                certificateId
                    + " cannot be taken over, it has ended: "
                    + SslStatus.verbatim(certificate));
          }
          return Uni.createFrom().item(SslProgress.of(domain, certificate, found.requestId()));
        });
  }

  /**
   * Looks at the certificate that is to be followed. One that was bought is not followed by a free
   * one of less worth without anybody's asking.
   */
  private Uni<Answer<Progress>> renew(Application application, String oldId, CallContext context) {
    return api.describe(oldId, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<SslCertificate>(var old, var requestId) -> {
                    if (!old.free()) {
                      yield refused(
                          oldId
                              + " was bought: buy its successor and apply with its certificateId");
                    }
                    yield lookUp(
                        application,
                        SslExisting.linkable(old, clock.instant())
                            ? Map.of(SslOptions.OLD_CERTIFICATE_ID, oldId)
                            : Map.of(),
                        context);
                  }
                  case Answer.Failed<SslCertificate>(Failure.Refused(VendorError error))
                      when error.code().equals(TencentSslErrors.CERTIFICATE_NOT_FOUND) ->
                      lookUp(application, Map.of(), context);
                  case Answer.Failed<SslCertificate>(Failure failure) ->
                      Uni.createFrom().item(outcome);
                });
  }

  private Uni<Answer<Progress>> lookUp(
      Application application, Map<String, String> settings, CallContext context) {
    DomainName domain = application.domain();
    return Answer.then(
        api.named(domain, context),
        found ->
            Uni.createFrom()
                .item(
                    SslExisting.serving(found.value(), application, clock.instant())
                        .<Outcome>map(there -> SslProgress.of(domain, there, found.requestId()))
                        .orElseGet(() -> new Preparation.Ready(Plan.of(settings)))));
  }

  private static Uni<Answer<Progress>> refused(String message) {
    return Uni.createFrom()
        .item(
            new Failure.Refused(
                new VendorError(ErrorClass.FINAL, "Option." + SslOptions.CERTIFICATE_ID, message)));
  }
}
