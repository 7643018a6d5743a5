package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes certificates that nothing uses; a pending one is cancelled in the same way. */
final class AcmRemoval {
  private final AcmApi api;

  AcmRemoval(AcmApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    String arn = arn(application);
    return Answer.then(
        api.describe(arn, context),
        found ->
            found.value().is(AcmCertificate.PENDING)
                ? Answer.then(
                    api.delete(arn, context),
                    deleted -> Answer.of(cancelled(application, deleted.requestId())).now())
                : Answer.of(AcmProgress.of(application, found.value(), found.requestId())).now());
  }

  private static Progress cancelled(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.CANCELLED,
        application.requireReference(),
        List.of(),
        null,
        "deleted",
        null,
        requestId);
  }

  /** Looks first: a certificate in use stays, and the message names its users. */
  Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    String arn = arn(application);
    return Answer.then(
        unused(arn, context),
        unused ->
            Answer.then(
                api.delete(arn, context),
                deleted ->
                    new Answer.Failed<Progress>(new Failure.Absent(deleted.requestId())).now()));
  }

  private Uni<Answer<AcmCertificate>> unused(String arn, CallContext context) {
    return api.describe(arn, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        found.value().inUseBy().isEmpty()
                            ? found
                            : Answer.refused(inUse(found.value(), found.requestId()))));
  }

  private static VendorError inUse(AcmCertificate certificate, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "Certificate.InUse",
        "it is in use by " + String.join(", ", certificate.inUseBy()) + ", and is not deleted",
        requestId,
        null);
  }

  private static String arn(Application application) {
    return application.requireReference().id(AcmCertificate.ID);
  }
}
