package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.vendor.aws.Acm;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks how a certificate stands. "There is a delay of several seconds before you can retrieve
 * information about the new certificate" (RequestCertificate), and its records take some more. So
 * the check of a new certificate repeats the question while there is time.
 */
final class AcmCheck {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 6;

  /** Longer than any such delay. */
  private static final Duration YOUTH = Duration.ofMinutes(3);

  private final AcmApi api;
  private final Clock clock;

  AcmCheck(AcmApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * As {@link #look}; an obstacle to ACM's own renewal is reported as the error of an issued
   * certificate.
   */
  Uni<Answer<Progress>> check(Application application, CallContext context) {
    return look(
        application,
        context,
        found ->
            AcmRenewal.trouble(found.value(), found.requestId())
                .<Answer<Progress>>map(Answer::refused)
                .orElseGet(() -> progress(application, found)));
  }

  Uni<Answer<Progress>> look(Application application, CallContext context) {
    return look(application, context, found -> progress(application, found));
  }

  private static Answer<Progress> progress(
      Application application, Answer.Success<AcmCertificate> found) {
    return Answer.of(AcmProgress.of(application, found.value(), found.requestId()));
  }

  private Uni<Answer<Progress>> look(
      Application application,
      CallContext context,
      Function<Answer.Success<AcmCertificate>, Answer<Progress>> judge) {
    return look(application, context, judge, 1, FIRST_PAUSE);
  }

  private Uni<Answer<Progress>> look(
      Application application,
      CallContext context,
      Function<Answer.Success<AcmCertificate>, Answer<Progress>> judge,
      int looks,
      Duration pause) {
    String arn = application.requireReference().id(AcmCertificate.ID);
    return api.describe(arn, context)
        .map(answer -> settled(application, answer).then(judge))
        .flatMap(
            answer ->
                looks < MOST_LOOKS
                        && isEarly(application, answer)
                        && clock.instant().plus(pause).isBefore(context.deadline())
                    ? Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(pause)
                        .flatMap(
                            waited ->
                                look(application, context, judge, looks + 1, pause.multipliedBy(2)))
                    : answer.now());
  }

  /** A requested certificate that was never shown is not gone: ACM does not show it yet. */
  private Answer<AcmCertificate> settled(
      Application application, Answer<AcmCertificate> described) {
    return described.recover(
        failure ->
            new Answer.Failed<>(
                failure instanceof Failure.Absent(var requestId) && isUnseen(application)
                    ? new Failure.Refused(
                        new VendorError(
                            ErrorClass.RETRY,
                            Acm.NOT_FOUND,
                            "ACM does not show the requested certificate yet",
                            requestId,
                            null))
                    : failure));
  }

  /** The time of the first try says little of the last one, but no try is made after that. */
  private boolean isUnseen(Application application) {
    Instant applied = application.appliedAt();
    return applied != null
        && application.validations().isEmpty()
        && clock.instant().isBefore(applied.plus(AcmProgress.VALIDATION));
  }

  private boolean isEarly(Application application, Answer<Progress> answer) {
    return switch (answer) {
      case Answer.Success<Progress>(var progress, _) ->
          progress.phase() == Phase.APPLYING && (isYoung(application) || isYoung(progress.until()));
      case Answer.Failed<Progress>(Failure failure) -> failure.isRefused(Acm.NOT_FOUND);
    };
  }

  /** By our own clock, of the first try: ACM's, which dates its certificates, may be another. */
  private boolean isYoung(Application application) {
    Instant applied = application.appliedAt();
    return applied != null && clock.instant().isBefore(applied.plus(YOUTH));
  }

  /**
   * Of the try that arrived.
   *
   * @param until when ACM gives the certificate up
   */
  private boolean isYoung(@Nullable Instant until) {
    return until != null
        && clock.instant().isBefore(until.minus(AcmProgress.VALIDATION).plus(YOUTH));
  }
}
