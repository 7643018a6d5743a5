package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the information of a bought certificate: first the data, then the order to go on with it.
 * Data that is submitted twice is merged, so both may be repeated after either failed.
 */
final class SslSubmitting {
  private final SslApi api;

  SslSubmitting(SslApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> submit(Application application, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    return Answer.then(
            api.submit(SslInformation.request(id, application), context),
            submitted -> commit(id, application, context))
        .flatMap(
            outcome ->
                outcome instanceof Failure.Refused(VendorError error)
                        && error.code().equals(TencentSslErrors.WRONG_STATUS)
                    ? past(id, application, outcome, context)
                    : Uni.createFrom().item(outcome));
  }

  private Uni<Answer<Progress>> commit(String id, Application application, CallContext context) {
    String verifyType = application.terms().validation().name();
    return Answer.then(
        api.commit(new CommitInformationRequest(id, verifyType), context),
        committed ->
            Uni.createFrom().item(committed(id, committed.value(), committed.requestId())));
  }

  private static Outcome committed(
      String id, CommitInformationAnswer answer, @Nullable String requestId) {
    SslStatus status = SslStatus.of(answer.status(), null, false);
    return new Progress(
        status.phase(),
        Reference.of(SslProgress.CERTIFICATE_ID, id),
        List.of(),
        null,
        String.valueOf(answer.status()),
        status.message(),
        requestId);
  }

  /** A certificate that no longer waits for information was submitted before: that is no error. */
  private Uni<Answer<Progress>> past(
      String id, Application application, Outcome refused, CallContext context) {
    return api.describe(id, context)
        .map(
            answer -> {
              if (answer instanceof Answer.Success<SslCertificate>(var now, var requestId)) {
                Progress progress = SslProgress.of(application.domain(), now, requestId);
                return progress.phase() == Phase.PENDING_INFORMATION ? refused : progress;
              }
              return refused;
            });
  }
}
