package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Stage;
import dev.polycert.vendor.tencent.ssl.TencentSslErrors;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Job;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.JobRecord;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Started;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings a certificate to named instances (DeployCertificateInstance). */
final class InstanceDeployment {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  /** Of the records of one certificate and type; each target has one. */
  private static final int MOST_RECORDS = 10;

  private final ResourceApi api;
  private final InstanceList instances;
  private final JobWatch watch;

  InstanceDeployment(ResourceApi api, InstanceList instances) {
    this.api = api;
    this.instances = instances;
    this.watch = new JobWatch(api, Job.DEPLOYMENT);
  }

  /**
   * Takes the next step; the state has the certificate. The instances are one group at first. When
   * the vendor refuses a group because of one instance, its halves become groups of their own, one
   * after the other.
   */
  Uni<Answer<Stage>> step(DeliveryState state, WriteContext context) {
    return state
        .get(DeliveryState.RECORD)
        .map(record -> look(record, state, context))
        .orElseGet(() -> begin(state, context));
  }

  /** A failure in one group keeps no other group from the certificate. */
  private Uni<Answer<Stage>> look(String record, DeliveryState state, WriteContext context) {
    return watch
        .look(record, state, context, done -> next(done, context))
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<Stage>(Failure failure)
                        && failure.isRefused(JobWatch.NOT_ALL)
                        && !DeliveryState.isEnd(failure)
                        && (state.get(DeliveryState.GROUPS).isPresent()
                            || state.get(DeliveryState.REFUSED).isPresent())
                    ? next(state.withRefused(failure.error().message()), context)
                    : answer.now());
  }

  private List<String> group(DeliveryState state) {
    return state.list(DeliveryState.GROUPS).stream()
        .findFirst()
        .map(Range::of)
        .orElseGet(this::all)
        .of(instances.ids());
  }

  private Range all() {
    return new Range(0, instances.ids().size());
  }

  /** Some of the instances, from one of them to before another one. */
  private record Range(int from, int to) {

    static Range of(String text) {
      String[] ends = text.split("-");
      return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    List<String> of(List<String> ids) {
      return ids.subList(Math.min(from, ids.size()), Math.min(to, ids.size()));
    }

    Stream<String> halves() {
      int middle = (from + to) / 2;
      return Stream.of(from + "-" + middle, middle + "-" + to);
    }
  }

  /** Goes on with the next group. */
  private Uni<Answer<Stage>> next(DeliveryState state, WriteContext context) {
    List<String> groups = state.list(DeliveryState.GROUPS);
    if (groups.size() > 1) {
      return begin(
          state
              .with(DeliveryState.GROUPS, groups.subList(1, groups.size()))
              .without(
                  DeliveryState.RECORD,
                  DeliveryState.RETRIES,
                  DeliveryState.FAILED,
                  DeliveryState.DONE,
                  DeliveryState.NOTE),
          context);
    }
    return state.ended();
  }

  /** Halves a refused group, until the instance that causes the refusal is found. */
  private Uni<Answer<Stage>> split(Failure failure, DeliveryState state, WriteContext context) {
    List<String> group = group(state);
    if (instances.ids().size() == 1 && state.get(DeliveryState.REFUSED).isEmpty()) {
      return new Answer.Failed<Stage>(failure).now();
    }
    if (group.size() == 1) {
      VendorError error = failure.error();
      return next(
          state.withRefused(
              "%s (%s: %s)".formatted(group.getFirst(), error.code(), error.message())),
          context);
    }
    List<String> groups = state.list(DeliveryState.GROUPS);
    Range first = groups.isEmpty() ? all() : Range.of(groups.getFirst());
    return state
        .with(DeliveryState.GROUPS, Stream.concat(first.halves(), groups.stream().skip(1)).toList())
        .underWay(Duration.ZERO);
  }

  /**
   * Looks for the record first: the answer to the call that made it may have been lost. One that
   * had ended before this delivery began proves nothing, because a person may have put another
   * certificate there since. So the first step notes the newest record that there is, and sends
   * nothing yet.
   */
  private Uni<Answer<Stage>> begin(DeliveryState state, WriteContext context) {
    String certificate = certificate(state);
    List<String> over = state.list(DeliveryState.ENDED);
    Optional<Long> before = state.get(DeliveryState.BEFORE).map(Long::valueOf);
    return Answer.then(
        api.deployments(certificate, instances.type(), context),
        answer -> {
          List<Long> records =
              answer.value().stream()
                  .filter(record -> certificate.equals(record.certId()))
                  .map(JobRecord::id)
                  .filter(record -> !over.contains(String.valueOf(record)))
                  .sorted(Comparator.reverseOrder())
                  .limit(MOST_RECORDS)
                  .toList();
          long newest = records.isEmpty() ? 0 : records.getFirst();
          return Answer.then(
              ours(records, 0, before.orElse(newest), group(state), context),
              found ->
                  found
                      .value()
                      .map(id -> step(state.with(DeliveryState.RECORD, id), context))
                      .orElseGet(
                          () ->
                              before.isPresent()
                                  ? deploy(state, context)
                                  : state
                                      .with(DeliveryState.BEFORE, String.valueOf(newest))
                                      .underWay(Duration.ZERO)));
        });
  }

  /**
   * The record that has all instances of a group, and is newer than the record {@code before} or
   * still runs; another target may have made the other records.
   */
  private Uni<Answer<Optional<String>>> ours(
      List<Long> records, int index, long before, List<String> group, WriteContext context) {
    if (index == records.size()) {
      return Answer.of(Optional.<String>empty()).now();
    }
    String id = String.valueOf(records.get(index));
    boolean since = records.get(index) > before;
    return api.details(Job.DEPLOYMENT, id, context)
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<List<JobDetail>>(Failure failure)
                        && failure.isRefused(TencentSslErrors.NO_RECORD)
                    ? ours(records, index + 1, before, group, context)
                    : Answer.then(
                        answer.now(),
                        details ->
                            (since || details.value().stream().anyMatch(JobDetail::runs))
                                    && hasAll(details.value(), group)
                                ? Answer.of(Optional.of(id)).now()
                                : ours(records, index + 1, before, group, context)));
  }

  private static boolean hasAll(List<JobDetail> details, List<String> group) {
    return group.stream().allMatch(wanted -> isIn(details, wanted));
  }

  /** Every part of an id stands somewhere in the detail of its instance. */
  private static boolean isIn(List<JobDetail> details, String wanted) {
    List<String> parts =
        List.of(wanted.split("\\|")).stream()
            .filter(part -> !part.equals("on") && !part.equals("off"))
            .toList();
    return details.stream().anyMatch(detail -> parts.stream().allMatch(detail::mentions));
  }

  private Uni<Answer<Stage>> deploy(DeliveryState state, WriteContext context) {
    return api.deploy(
            certificate(state), instances.type(), instances.region(), group(state), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Started>(Started started, _) when started.made() ->
                      state
                          .with(DeliveryState.RECORD, String.valueOf(started.deployRecordId()))
                          .without(DeliveryState.NOTE)
                          .underWay(SOON);
                  case Answer.Success<Started> waits ->
                      state
                          .with(DeliveryState.NOTE, "waits for a deployment that runs")
                          .underWay(LATER);
                  case Answer.Failed<Started>(Failure failure)
                      when failure.isRefused(TencentSslErrors.PENDING_RECORD) ->
                      state
                          .with(DeliveryState.NOTE, "waits for a deployment that runs")
                          .underWay(LATER);
                  // All instances have it.
                  case Answer.Failed<Started>(Failure failure)
                      when failure.isRefused(TencentSslErrors.INSTANCE_EMPTY) ->
                      next(state, context);
                  case Answer.Failed<Started>(Failure failure)
                      when TencentSslErrors.OF_AN_INSTANCE.stream().anyMatch(failure::isRefused) ->
                      split(failure, state, context);
                  case Answer.Failed<Started>(Failure.Unclear lost) ->
                      // The next step looks for the record.
                      state
                          .with(DeliveryState.NOTE, "no clear answer: " + lost.error().code())
                          .underWay(SOON);
                  case Answer.Failed<Started> failed -> failed.<Stage>of().now();
                });
  }

  private static String certificate(DeliveryState state) {
    return state.get(DeliveryState.CERTIFICATE).orElseThrow();
  }
}
