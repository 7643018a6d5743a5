package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Withdraws applications and revokes certificates. The instance stays: giving it back concerns
 * money, and is not done here.
 */
final class CasRemoval {
  private final CasClient client;
  private final CasProgress progress;

  CasRemoval(CasClient client, CasProgress progress) {
    this.client = client;
    this.progress = progress;
  }

  Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return Answer.then(
        show(application, context),
        shown ->
            shown.value().isForAnother(application.domain())
                ? Answer.<Progress>refused(CasProgress.taken(shown)).now()
                : shown.value().isPending()
                    ? withdraw(application, context)
                    : shown.value().isInactive()
                        ? Answer.of(CasProgress.withdrawn(shown)).now()
                        : progress.of(application, shown, context));
  }

  private Uni<Answer<Progress>> withdraw(Application application, WriteContext context) {
    return client
        .cancel(CasProgress.id(application), context)
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<Boolean> failed
                        && !failed.failure().isRefused(ErrorClass.ALREADY_APPLIED)
                    ? CasClient.settled(failed.<Progress>of()).now()
                    : look(application, answer, context));
  }

  /** CAS withdraws after its answer, and for some seconds after an application not at all. */
  private Uni<Answer<Progress>> look(
      Application application, Answer<Boolean> written, CallContext context) {
    return Answer.then(
        show(application, context),
        shown ->
            !shown.value().isPending()
                ? hasEnded(application, shown, context)
                : (written instanceof Answer.Failed<Boolean>(Failure refused)
                        ? Answer.<Progress>refused(refused.error().as(ErrorClass.RETRY))
                        : Answer.of(
                            CasProgress.without(
                                Phase.UNKNOWN, shown, "the withdrawal is under way")))
                    .now());
  }

  private Uni<Answer<Progress>> hasEnded(
      Application application, Answer.Success<CasInstance> shown, CallContext context) {
    return CasProgress.hasIssued(application, shown.value())
        ? progress.of(application, shown, context)
        : Answer.of(CasProgress.withdrawn(shown)).now();
  }

  Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return Answer.then(
        show(application, context),
        shown -> {
          String certificate = certificate(application, shown.value());
          boolean latest = certificate != null && certificate.equals(shown.value().certificateId());
          if (certificate == null || (latest && !shown.value().isValid())) {
            return progress.of(application, shown, context);
          }
          return Answer.then(
              client.revoke(shown.value().id(), certificate, context).map(CasClient::settled),
              revoked ->
                  latest
                      ? revoked(application, reason, context)
                      : Answer.of(underWay(shown, reason)).now());
        });
  }

  private static @Nullable String certificate(Application application, CasInstance instance) {
    Optional<String> known = CasProgress.certificateId(application.reference());
    return known.orElse(
        CasProgress.hasIssued(application, instance) ? instance.certificateId() : null);
  }

  private Uni<Answer<Progress>> revoked(
      Application application, RevocationReason reason, CallContext context) {
    return Answer.then(
        show(application, context),
        shown ->
            shown.value().isValid()
                ? Answer.of(underWay(shown, reason)).now()
                : progress
                    .of(application, shown, context)
                    .map(answer -> answer.map(ended -> noted(ended, reason))));
  }

  private static Progress underWay(Answer.Success<CasInstance> shown, RevocationReason reason) {
    return noted(CasProgress.without(Phase.UNKNOWN, shown, "the revocation is under way"), reason);
  }

  /** RevokeCertificate has no place for a reason. */
  private static Progress noted(Progress ended, RevocationReason reason) {
    return reason == RevocationReason.UNSPECIFIED
        ? ended
        : new Progress(
            ended.phase(),
            ended.reference(),
            ended.validations(),
            ended.certificate(),
            ended.vendorStatus(),
            "CAS takes no reason: " + reason + " was not given to it",
            ended.requestId());
  }

  private Uni<Answer<CasInstance>> show(Application application, CallContext context) {
    return client.instance(CasProgress.id(application), context).map(CasClient::settled);
  }
}
