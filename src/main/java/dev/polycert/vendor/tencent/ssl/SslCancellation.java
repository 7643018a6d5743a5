package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import dev.polycert.vendor.tencent.ssl.SslApi.Accepted;
import dev.polycert.vendor.tencent.ssl.SslApi.Revoked;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * Cancels and revokes. The certificate is read first, so that what has ended is not ended again,
 * and read afterwards, because the answers do not say where it stands.
 */
final class SslCancellation {
  /** CancelCertificateOrder: not for what is under review, which CancelAuditCertificate stops. */
  private static final Set<String> NOT_BY_ORDER =
      Set.of(TencentSslErrors.WRONG_STATUS, TencentSslErrors.CANCEL_ORDER_FAILED);

  private static final int REVOKING = 9;
  private static final int REVOCATION_LETTER = 12;

  private final SslApi api;

  SslCancellation(SslApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return Answer.then(
        read(application, context),
        before -> open(before.value().phase()) ? cancelOpen(application, context) : before.now());
  }

  private static boolean open(Phase phase) {
    return switch (phase) {
      case PLACING, APPLYING, PENDING_INFORMATION, PENDING_VALIDATION -> true;
      case ISSUED, FAILED, EXPIRED, CANCELLED, REVOKED, UNKNOWN -> false;
    };
  }

  private Uni<Answer<Progress>> cancelOpen(Application application, WriteContext context) {
    String id = id(application);
    Uni<Answer<Accepted>> cancelled =
        Answer.recover(
            api.cancelOrder(id, context),
            failure ->
                NOT_BY_ORDER.stream().anyMatch(failure::isRefused)
                    ? api.cancelAudit(id, context)
                    : new Answer.Failed<Accepted>(failure).now());
    return Answer.then(cancelled, accepted -> after(application, context));
  }

  Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    String id = id(application);
    return Answer.then(
        api.describe(id, context),
        found ->
            ends(found.value())
                ? Answer.of(SslProgress.of(application.domain(), found.value(), found.requestId()))
                    .now()
                : revoke(id, application, reason, context));
  }

  private Uni<Answer<Progress>> revoke(
      String id, Application application, RevocationReason reason, WriteContext context) {
    return Answer.then(
        api.revoke(id, reason, context),
        revoked ->
            revoked.value().revokeDomainValidateAuths().isEmpty()
                ? after(application, context)
                : Answer.of(confirmation(application, revoked)).now());
  }

  /** Whether it is revoked, or is being revoked. */
  private static boolean ends(SslCertificate certificate) {
    Integer status = certificate.status();
    return SslStatus.of(certificate).phase() == Phase.REVOKED
        || (status != null && (status == REVOKING || status == REVOCATION_LETTER));
  }

  /** The CA wants control of the domain to be shown once more. */
  private static Progress confirmation(Application application, Answer.Success<Revoked> revoked) {
    return new Progress(
        Phase.UNKNOWN,
        Reference.of(SslProgress.CERTIFICATE_ID, id(application)),
        SslValidations.of(application.domain(), revoked.value().detail()),
        null,
        String.valueOf(REVOKING),
        "is being revoked: publish the validation to confirm it",
        revoked.requestId());
  }

  /** The present state, found by reading alone. */
  Uni<Answer<Progress>> read(Application application, CallContext context) {
    return api.describe(id(application), context)
        .map(
            answer ->
                SslApi.orAbsent(answer)
                    .then(
                        found ->
                            Answer.of(
                                SslProgress.of(
                                    application.domain(), found.value(), found.requestId()))));
  }

  /** The write took effect, even if its result cannot be read now. */
  private Uni<Answer<Progress>> after(Application application, CallContext context) {
    return read(application, context)
        .map(
            answer ->
                answer.recover(
                    failure ->
                        failure instanceof Failure.Absent
                            ? new Answer.Failed<>(failure)
                            : Answer.of(accepted(application))));
  }

  private static Progress accepted(Application application) {
    return new Progress(
        Phase.UNKNOWN,
        Reference.of(SslProgress.CERTIFICATE_ID, id(application)),
        List.of(),
        null,
        "accepted",
        null,
        null);
  }

  private static String id(Application application) {
    return application.requireReference().id(SslProgress.CERTIFICATE_ID);
  }
}
