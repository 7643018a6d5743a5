package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.tencent.ssl.SslApi.DeleteTask;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a certificate that no cloud resource uses: the vendor itself looks for them, in a task
 * that is then asked for its result.
 */
final class SslDeletion {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Looking through all cloud resources takes seconds; a repeated deletion sees it gone. */
  private static final int MOST_LOOKS = 8;

  private static final Duration YOUTH = Duration.ofHours(1);
  private static final Set<String> TOO_YOUNG =
      Set.of("FailedOperation.CannotBeDeletedWithinHour", "FailedOperation.DeleteFailedTimeNotUp");

  private static final String ROLE = "SSL_QCSLinkedRoleInReplaceLoadCertificate";

  private final SslApi api;
  private final Clock clock;

  SslDeletion(SslApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    return Answer.then(
            api.describe(id, context),
            found ->
                Answer.recover(
                    deleteFound(id, context),
                    failure -> new Answer.Failed<Progress>(tooYoung(failure, found.value())).now()))
        .map(SslApi::orAbsent);
  }

  /** A free certificate can be deleted an hour after it was applied for: that is worth a try. */
  private Failure tooYoung(Failure failure, SslCertificate certificate) {
    if (!(failure instanceof Failure.Refused(VendorError error))
        || !TOO_YOUNG.contains(error.code())) {
      return failure;
    }
    Instant inserted = certificate.inserted();
    Instant from = (inserted == null ? clock.instant() : inserted).plus(YOUTH);
    Duration wait = Duration.between(clock.instant(), from);
    return new Failure.Refused(
        new VendorError(
            ErrorClass.RETRY,
            error.code(),
            error.message() + " It can be deleted from " + from + " on.",
            error.requestId(),
            wait.isNegative() ? Duration.ofMinutes(1) : wait));
  }

  private Uni<Answer<Progress>> deleteFound(String id, WriteContext context) {
    return Answer.then(
        api.delete(id, context),
        answer -> {
          String task = answer.value().taskId();
          if (task != null && !task.isBlank()) {
            return result(id, task, 1, context);
          }
          Answer<Progress> atOnce =
              Boolean.TRUE.equals(answer.value().deleteResult())
                  ? gone(answer.requestId())
                  : refused(ErrorClass.FINAL, "NotDeleted", null, answer.requestId());
          return atOnce.now();
        });
  }

  private Uni<Answer<Progress>> result(String id, String task, int look, CallContext context) {
    return Answer.then(
        api.deleteTask(task, context),
        answer -> {
          Answer<Progress> result =
              answer.value().deleteTaskResult().stream()
                  .filter(deletion -> task.equals(deletion.taskId()))
                  .findFirst()
                  .map(deletion -> result(id, deletion, answer.requestId()))
                  .orElseGet(() -> underWay(id, task, answer.requestId()));
          boolean again =
              result instanceof Answer.Success
                  && look < MOST_LOOKS
                  && clock.instant().plus(PAUSE).isBefore(context.deadline());
          return again
              ? Uni.createFrom()
                  .voidItem()
                  .onItem()
                  .delayIt()
                  .by(PAUSE)
                  .flatMap(waited -> result(id, task, look + 1, context))
              : result.now();
        });
  }

  private static Answer<Progress> result(
      String id, DeleteTask deletion, @Nullable String requestId) {
    return switch (deletion.status()) {
      case 1 -> gone(requestId);
      case 2 -> refused(ErrorClass.FINAL, "DeleteTask.2", deletion.error(), requestId);
      case 3 ->
          refused(
              ErrorClass.CREDENTIALS,
              "DeleteTask.3",
              "whether it is in use cannot be seen: authorise the service role " + ROLE,
              requestId);
      case 4 -> refused(ErrorClass.FINAL, "DeleteTask.4", "a cloud resource uses it", requestId);
      case 5 ->
          refused(
              ErrorClass.RETRY,
              "DeleteTask.5",
              "looking for the resources that use it took too long",
              requestId);
      case null, default -> underWay(id, String.valueOf(deletion.taskId()), requestId);
    };
  }

  private static Answer<Progress> gone(@Nullable String requestId) {
    return new Answer.Failed<>(new Failure.Absent(requestId));
  }

  private static Answer<Progress> underWay(String id, String task, @Nullable String requestId) {
    return Answer.of(
        new Progress(
            Phase.UNKNOWN,
            Reference.of(SslProgress.CERTIFICATE_ID, id),
            List.of(),
            null,
            "deleting, task " + task,
            null,
            requestId));
  }

  private static Answer<Progress> refused(
      ErrorClass errorClass, String code, @Nullable String message, @Nullable String requestId) {
    String text = message == null || message.isBlank() ? "the vendor did not delete it" : message;
    return Answer.refused(new VendorError(errorClass, code, text, requestId, null));
  }
}
