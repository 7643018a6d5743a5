package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Withdraws applications and deletes certificates. A withdrawn application leaves the bought
 * certificate, which can be applied for again; to give that back is a matter of money and not done
 * here.
 */
final class ScmEnding {
  private final ScmClient client;

  ScmEnding(ScmClient client) {
    this.client = client;
  }

  Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    return show(
        application,
        context,
        shown ->
            ScmStatus.running(shown.value().status())
                ? withdraw(application, context)
                : done(withdrawn(application, shown)));
  }

  private Uni<Answer<Progress>> withdraw(Application application, CallContext context) {
    return client
        .cancel(ScmProgress.id(application), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<ScmAcknowledged> taken ->
                      look(application, inReview(application, taken.requestId()), context);
                  case Answer.Failed<ScmAcknowledged>(Failure.Refused refused)
                      when refused.error().errorClass() == ErrorClass.ALREADY_APPLIED ->
                      look(application, ScmClient.settled(refused), context);
                  case Answer.Failed<ScmAcknowledged>(Failure failure) ->
                      done(ScmClient.settled(outcome));
                });
  }

  private static Outcome inReview(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.UNKNOWN,
        application.requireReference(),
        List.of(),
        null,
        ScmStatus.CANCELCHECKING,
        "the withdrawal is under review",
        requestId);
  }

  /** Tells how it stands after the write, or what the write told, when the look tells no more. */
  private Uni<Answer<Progress>> look(Application application, Outcome told, CallContext context) {
    return client
        .certificate(ScmProgress.id(application), context)
        .map(
            answer ->
                answer instanceof Answer.Success<ScmCertificate> shown
                        && !ScmStatus.running(shown.value().status())
                    ? withdrawn(application, shown)
                    : told);
  }

  private static Outcome withdrawn(Application application, Answer.Success<ScmCertificate> shown) {
    Progress standing =
        ScmProgress.of(
            application, application.requireReference(), shown.value(), shown.requestId());
    return switch (standing.phase()) {
      case PENDING_INFORMATION -> ScmProgress.withdrawn(application, shown.requestId());
      case ISSUED -> refused("Certificate.Issued", "is issued already; delete it instead", shown);
      default -> standing;
    };
  }

  Uni<Answer<Progress>> delete(Application application, CallContext context) {
    return show(
        application,
        context,
        shown ->
            switch (shown.value().status()) {
              // These serve nobody: never issued, or no longer trusted.
              case "UNPASSED", "EXPIRED", "REVOKED" -> deleteUnused(application, context);
              case "ISSUED", ScmStatus.UPLOAD ->
                  unlessDeployed(
                      application, shown, context, () -> deleteUnused(application, context));
              case ScmStatus.PAID ->
                  done(
                      refused(
                          "Certificate.Bought",
                          "is bought and not used: use it for another application, or unsubscribe"
                              + " from it in SCM's console",
                          shown));
              default ->
                  done(
                      refused(
                          "Certificate.UseUnknown",
                          "is under way to something else: cancel its application, or wait",
                          shown));
            });
  }

  /** SCM deploys to CDN, WAF and ELB, and asks these where the certificate is. */
  private Uni<Answer<Progress>> unlessDeployed(
      Application application,
      Answer.Success<ScmCertificate> shown,
      CallContext context,
      Supplier<Uni<Answer<Progress>>> unused) {
    return Answer.then(
        client.deployed(ScmProgress.id(application), context),
        told ->
            switch (told.value()) {
              case ScmDeployed deployed when !deployed.places().isEmpty() ->
                  done(
                      refused("Certificate.InUse", "is deployed on " + deployed.describe(), shown));
              case ScmDeployed deployed when !deployed.certain() ->
                  done(
                      refused(
                          "Certificate.UseUnknown",
                          "may be deployed: SCM got no answer from every service; try again later",
                          shown));
              case ScmDeployed nowhere -> unused.get();
            });
  }

  private Uni<Answer<Progress>> deleteUnused(Application application, CallContext context) {
    return client
        .delete(ScmProgress.id(application), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<ScmAcknowledged> gone -> new Failure.Absent(gone.requestId());
                  case Answer.Failed<ScmAcknowledged>(Failure failure) ->
                      ScmClient.settled(outcome);
                });
  }

  /** Goes on with the certificate as it is now; ends when it is gone, or serves another domain. */
  private Uni<Answer<Progress>> show(
      Application application,
      CallContext context,
      Function<Answer.Success<ScmCertificate>, Uni<Answer<Progress>>> next) {
    String id = ScmProgress.id(application);
    return client
        .certificate(id, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<ScmCertificate> shown ->
                      shown.value().isForAnother(application.domain())
                          ? done(new Failure.Refused(ScmPreparation.taken(id, shown)))
                          : next.apply(shown);
                  case Answer.Failed<ScmCertificate>(Failure failure) ->
                      done(ScmClient.settled(outcome));
                });
  }

  private static Outcome refused(String code, String what, Answer.Success<ScmCertificate> shown) {
    return new Failure.Refused(
        new VendorError(
            ErrorClass.FINAL,
            code,
            "certificate "
                + shown.value().domain()
                + " in status "
                + shown.value().status()
                + " "
                + what,
            shown.requestId(),
            null));
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
