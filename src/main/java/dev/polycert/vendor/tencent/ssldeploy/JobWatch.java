package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Stage;
import dev.polycert.vendor.tencent.ssl.TencentSslErrors;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Job;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Retried;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the record of a job to its end: instances that failed are tried again one by one, a few
 * times each, once nothing runs any more.
 */
final class JobWatch {
  /** The code of a job that has left instances without the certificate. */
  static final String NOT_ALL = "Instances.Failed";

  private static final int MOST_RETRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** The most instances that a message names. */
  private static final int MOST_NAMED = 15;

  /** The most instances that fit into the state of a delivery. */
  private static final int MOST_RETRIED = 500;

  private static final int LONGEST_REASON = 120;

  private final ResourceApi api;
  private final Job job;

  JobWatch(ResourceApi api, Job job) {
    this.api = api;
    this.job = job;
  }

  /**
   * Looks at a record.
   *
   * @param ended goes on once every instance is done
   */
  Uni<Answer<Stage>> look(
      String recordId,
      DeliveryState state,
      WriteContext context,
      Function<DeliveryState, Uni<Answer<Stage>>> ended) {
    return api.details(job, recordId, context)
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<List<JobDetail>>(Failure failure)
                        && failure.isRefused(TencentSslErrors.NO_RECORD)
                    ? gone(recordId, state)
                    : Answer.then(
                        answer.now(), found -> judge(recordId, found, state, context, ended)));
  }

  /** The next step looks for another record, or makes one. */
  private static Uni<Answer<Stage>> gone(String recordId, DeliveryState state) {
    return state
        .withEnded(recordId)
        .without(DeliveryState.DONE)
        .with(DeliveryState.NOTE, "there is no record " + recordId + " any more")
        .underWay(PAUSE);
  }

  private Uni<Answer<Stage>> judge(
      String recordId,
      Answer.Success<List<JobDetail>> answer,
      DeliveryState state,
      WriteContext context,
      Function<DeliveryState, Uni<Answer<Stage>>> ended) {
    List<JobDetail> details = answer.value();
    long done = details.stream().filter(JobDetail::done).count();
    List<JobDetail> failed = details.stream().filter(JobDetail::failed).toList();
    DeliveryState seen = state.with(DeliveryState.DONE, done + " of " + details.size());
    seen = failed.isEmpty() ? seen : seen.with(DeliveryState.FAILED, named(failed));
    if (details.isEmpty() || done + failed.size() < details.size()) {
      return seen.underWay(PAUSE);
    }
    return failed.isEmpty()
        ? ended.apply(seen)
        : retry(recordId, failed, seen, context, answer.requestId());
  }

  private Uni<Answer<Stage>> retry(
      String recordId,
      List<JobDetail> failed,
      DeliveryState state,
      WriteContext context,
      @Nullable String requestId) {
    Map<Long, Integer> before = state.retries();
    List<JobDetail> again =
        failed.stream()
            .filter(JobDetail::retryable)
            .filter(detail -> before.getOrDefault(detail.id(), 0) < MOST_RETRIES)
            .filter(detail -> before.containsKey(detail.id()) || before.size() < MOST_RETRIED)
            .limit(MOST_RETRIED)
            .toList();
    if (again.isEmpty()) {
      return Answer.<Stage>refused(
              new VendorError(
                  ErrorClass.FINAL,
                  NOT_ALL,
                  "%s done, record %s; failed: %s"
                      .formatted(
                          state.get(DeliveryState.DONE).orElse("0"), recordId, named(failed)),
                  requestId,
                  null))
          .now();
    }
    return inTurn(recordId, again, 0, before, state, context);
  }

  /** One after the other, until a call fails: what was sent by then is on record in any case. */
  private Uni<Answer<Stage>> inTurn(
      String recordId,
      List<JobDetail> again,
      int index,
      Map<Long, Integer> retries,
      DeliveryState state,
      WriteContext context) {
    if (index == again.size()) {
      return state.withRetries(retries).underWay(PAUSE);
    }
    long id = again.get(index).id();
    return api.retry(job, recordId, id, context)
        .flatMap(
            answer -> {
              if (answer instanceof Answer.Failed<Retried>(Failure failure) && !maySend(failure)) {
                return index == 0
                    ? new Answer.Failed<Stage>(failure).now()
                    : state.withRetries(retries).underWay(PAUSE);
              }
              retries.merge(id, 1, Integer::sum);
              return inTurn(recordId, again, index + 1, retries, state, context);
            });
  }

  /** Whether the retry may have arrived, now or before: the next look finds out. */
  private static boolean maySend(Failure failure) {
    return failure instanceof Failure.Unclear || failure.isRefused(TencentSslErrors.NOT_TO_RETRY);
  }

  /** Each with why it failed. */
  private static String named(List<JobDetail> failed) {
    List<String> names = new ArrayList<>();
    for (JobDetail detail : failed.subList(0, Math.min(failed.size(), MOST_NAMED))) {
      names.add(detail.name() + " (" + reason(detail) + ")");
    }
    String rest =
        failed.size() > MOST_NAMED ? "; and " + (failed.size() - MOST_NAMED) + " more" : "";
    return names.stream().collect(Collectors.joining("; ")) + rest;
  }

  private static String reason(JobDetail detail) {
    if (!detail.retryable()) {
      return "rolled back";
    }
    String text = detail.errorMsg() == null ? "" : detail.errorMsg();
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }
}
