package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Stage;
import dev.polycert.vendor.tencent.ssl.ResourceApi.Job;
import dev.polycert.vendor.tencent.ssl.ResourceApi.JobRecord;
import dev.polycert.vendor.tencent.ssl.ResourceApi.Started;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /** Takes the next step; the state has the certificate. */
  Uni<Answer<Stage>> step(DeliveryState state, WriteContext context) {
    return state
        .get(DeliveryState.RECORD)
        .map(record -> watch.look(record, state, context, InstanceDeployment::done))
        .orElseGet(() -> begin(state, context));
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
              ours(records, 0, before.orElse(newest), context),
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
   * The record that has all the instances, and is newer than that one or runs still; another target
   * may have made the others.
   */
  private Uni<Answer<Optional<String>>> ours(
      List<Long> records, int index, long before, WriteContext context) {
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
                    ? ours(records, index + 1, before, context)
                    : Answer.then(
                        answer.now(),
                        details ->
                            (since || details.value().stream().anyMatch(JobDetail::runs))
                                    && hasAll(details.value())
                                ? Answer.of(Optional.of(id)).now()
                                : ours(records, index + 1, before, context)));
  }

  private boolean hasAll(List<JobDetail> details) {
    return instances.ids().stream().allMatch(wanted -> isIn(details, wanted));
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
            certificate(state), instances.type(), instances.region(), instances.ids(), context)
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
                      done(state);
                  case Answer.Failed<Started>(Failure.Unclear lost) ->
                      // The next step looks for the record.
                      state
                          .with(DeliveryState.NOTE, "no clear answer: " + lost.error().code())
                          .underWay(SOON);
                  case Answer.Failed<Started> failed -> failed.<Stage>of().now();
                });
  }

  private static Uni<Answer<Stage>> done(DeliveryState state) {
    return Answer.<Stage>of(new Stage.Done(certificate(state))).now();
  }

  private static String certificate(DeliveryState state) {
    return state.get(DeliveryState.CERTIFICATE).orElseThrow();
  }
}
