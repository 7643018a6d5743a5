package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * Cancels and revokes. The certificate is read first, so that what has ended is not ended again,
 * and read afterwards, because the answers do not tell where it stands.
 */
final class SslEnding {
  /** CancelCertificateOrder: not for what is under review, which CancelAuditCertificate stops. */
  private static final Set<String> NOT_BY_ORDER =
      Set.of(TencentSslErrors.WRONG_STATUS, TencentSslErrors.CANCEL_ORDER_FAILED);

  private static final int REVOKING = 9;
  private static final int REVOCATION_LETTER = 12;

  private final SslApi api;
  private final SslEndApi ends;

  SslEnding(SslApi api, SslEndApi ends) {
    this.api = api;
    this.ends = ends;
  }

  Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    return read(application, context)
        .flatMap(
            before ->
                before instanceof Progress(var phase, _, _, _, _, _, _) && open(phase)
                    ? cancelOpen(application, context)
                    : Uni.createFrom().item(before));
  }

  private static boolean open(Phase phase) {
    return switch (phase) {
      case PLACING, APPLYING, PENDING_INFORMATION, PENDING_VALIDATION -> true;
      case ISSUED, FAILED, EXPIRED, CANCELLED, REVOKED, UNKNOWN -> false;
    };
  }

  private Uni<Answer<Progress>> cancelOpen(Application application, CallContext context) {
    String id = id(application);
    return ends.cancelOrder(id, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<CertificateIdAnswer> cancelled -> after(application, context);
                  case Answer.Failed<CertificateIdAnswer>(Failure.Refused(VendorError error))
                      when NOT_BY_ORDER.contains(error.code()) ->
                      Answer.then(
                          ends.cancelAudit(id, context), stopped -> after(application, context));
                  case Answer.Failed<CertificateIdAnswer>(Failure failure) ->
                      Uni.createFrom().item(outcome);
                });
  }

  Uni<Answer<Progress>> revoke(Application application, RevocationReason reason, CallContext context) {
    String id = id(application);
    return Answer.then(
        api.describe(id, context),
        found ->
            ends(found.value())
                ? Uni.createFrom()
                    .item(SslProgress.of(application.domain(), found.value(), found.requestId()))
                : Answer.then(
                    ends.revoke(id, reason, context),
                    revoked ->
                        revoked.value().revokeDomainValidateAuths().isEmpty()
                            ? after(application, context)
                            : Uni.createFrom().item(confirmation(application, revoked))));
  }

  /** Whether it is revoked, or is being revoked. */
  private static boolean ends(SslCertificate certificate) {
    Integer status = certificate.status();
    return SslStatus.of(certificate).phase() == Phase.REVOKED
        || (status != null && (status == REVOKING || status == REVOCATION_LETTER));
  }

  /** The CA wants control of the domain to be shown once more. */
  private static Outcome confirmation(
      Application application, Answer.Success<RevokeCertificateAnswer> revoked) {
    return new Progress(
        Phase.UNKNOWN,
        Reference.of(SslProgress.CERTIFICATE_ID, id(application)),
        SslValidations.of(application.domain(), revoked.value().detail()),
        null,
        String.valueOf(REVOKING),
        "is being revoked: publish the validation to confirm it",
        revoked.requestId());
  }

  /** Where it stands, by reading alone. */
  Uni<Answer<Progress>> read(Application application, CallContext context) {
    return api.describe(id(application), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<SslCertificate>(var certificate, var requestId) ->
                      SslProgress.of(application.domain(), certificate, requestId);
                  case Answer.Failed<SslCertificate>(Failure.Refused(VendorError error))
                      when error.code().equals(TencentSslErrors.CERTIFICATE_NOT_FOUND) ->
                      new Failure.Absent(error.requestId());
                  case Answer.Failed<SslCertificate>(Failure failure) -> outcome;
                });
  }

  /** The write took effect; that it cannot be read just now is no refusal. */
  private Uni<Answer<Progress>> after(Application application, CallContext context) {
    return read(application, context)
        .map(
            outcome ->
                outcome instanceof Progress || outcome instanceof Failure.Absent
                    ? outcome
                    : new Progress(
                        Phase.UNKNOWN,
                        Reference.of(SslProgress.CERTIFICATE_ID, id(application)),
                        List.of(),
                        null,
                        "accepted",
                        null,
                        null));
  }

  static String id(Application application) {
    return application.requireReference().id(SslProgress.CERTIFICATE_ID);
  }
}
