package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Stage;
import dev.polycert.vendor.tencent.ssl.HostedCertificates;
import dev.polycert.vendor.tencent.ssl.TencentSslErrors;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.BindResult;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Job;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.RegionUses;
import dev.polycert.vendor.tencent.ssldeploy.ResourceApi.Started;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves the resources that use an old certificate to a new one (UpdateCertificateInstance), and
 * then has the vendor look whether anything still uses the old one. After an update that failed in
 * part, some resources have the old certificate and some the new one, so that the old one counts as
 * replaced only when nothing is found.
 */
final class ResourceUpdate {
  /** The code of an update after which something still uses the old certificate. */
  static final String STILL_IN_USE = "OldCertificate.StillInUse";

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  private final ResourceApi api;
  private final HostedCertificates certificates;
  private final ResourceScope scope;
  private final JobWatch watch;

  ResourceUpdate(ResourceApi api, HostedCertificates certificates, ResourceScope scope) {
    this.api = api;
    this.certificates = certificates;
    this.scope = scope;
    this.watch = new JobWatch(api, Job.UPDATE);
  }

  /**
   * Takes the next step.
   *
   * @param state has the new certificate, and the old ones that are left
   */
  Uni<Answer<Stage>> step(DeliveryState state, WriteContext context) {
    List<String> old = state.list(DeliveryState.OLD);
    if (old.isEmpty()) {
      return state.ended();
    }
    String task = state.get(DeliveryState.TASK).orElse(null);
    if (task != null) {
      return uses(task, state, context);
    }
    String record = state.get(DeliveryState.RECORD).orElse(null);
    if (record != null) {
      return watch(record, state, context);
    }
    return state.get(DeliveryState.MOVED).isPresent()
        ? look(state, context)
        : begin(old.getFirst(), state, context);
  }

  // --- the update ---

  /** Looks for the record first: the answer to the call that made it may have been lost. */
  private Uni<Answer<Stage>> begin(String old, DeliveryState state, WriteContext context) {
    String certificate = state.get(DeliveryState.CERTIFICATE).orElseThrow();
    List<String> over = state.list(DeliveryState.ENDED);
    return Answer.then(
        api.updates(old, context),
        records ->
            records.value().stream()
                .filter(record -> certificate.equals(record.certId()))
                .filter(record -> !over.contains(String.valueOf(record.id())))
                .max(Comparator.comparing(ResourceApi.JobRecord::id))
                .map(record -> String.valueOf(record.id()))
                .map(id -> follow(id, state, context))
                .orElseGet(() -> update(old, certificate, state, context)));
  }

  private Uni<Answer<Stage>> follow(String record, DeliveryState state, WriteContext context) {
    DeliveryState followed = state.with(DeliveryState.RECORD, record).without(DeliveryState.NOTE);
    return watch(record, followed, context);
  }

  private Uni<Answer<Stage>> watch(String record, DeliveryState state, WriteContext context) {
    return watch
        .look(record, state, context, done -> ended(record, done, context))
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<Stage>(Failure failure)
                        && failure.isRefused(JobWatch.NOT_ALL)
                    ? stuck(failure.error(), state, context)
                    : answer.now());
  }

  /** An old certificate that cannot be replaced keeps no other from that. */
  private Uni<Answer<Stage>> stuck(VendorError error, DeliveryState state, WriteContext context) {
    List<String> old = state.list(DeliveryState.OLD);
    List<String> stuck = state.list(DeliveryState.STUCK);
    return old.size() == 1 && stuck.isEmpty()
        ? Answer.<Stage>refused(error).now()
        : next(
            state
                .with(
                    DeliveryState.STUCK,
                    Stream.concat(stuck.stream(), Stream.of(old.getFirst())).toList())
                .withRefused(error.message()),
            context);
  }

  private Uni<Answer<Stage>> update(
      String old, String certificate, DeliveryState state, WriteContext context) {
    return api.update(old, certificate, scope, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Started>(Started started, _) when started.made() ->
                      state
                          .with(DeliveryState.RECORD, String.valueOf(started.deployRecordId()))
                          .without(DeliveryState.NOTE)
                          .underWay(SOON);
                  case Answer.Success<Started>(Started started, _) ->
                      state.with(DeliveryState.NOTE, note(started)).underWay(SOON);
                  case Answer.Failed<Started>(Failure failure)
                      when failure.isRefused(TencentSslErrors.PENDING_RECORD) ->
                      state
                          .with(DeliveryState.NOTE, "waits for an update that runs")
                          .underWay(LATER);
                  case Answer.Failed<Started>(Failure failure)
                      when failure.isRefused(TencentSslErrors.INSTANCE_EMPTY) ->
                      look(moved(state), context);
                  case Answer.Failed<Started>(Failure failure)
                      when failure.isRefused(TencentSslErrors.CERTIFICATE_NOT_FOUND) ->
                      unlessGone(old, failure, state, context);
                  case Answer.Failed<Started>(Failure.Unclear lost) ->
                      // The next step looks for the record.
                      state
                          .with(DeliveryState.NOTE, "no clear answer: " + lost.error().code())
                          .underWay(SOON);
                  case Answer.Failed<Started> failed -> failed.<Stage>of().now();
                });
  }

  private static String note(Started started) {
    Long record = started.deployRecordId();
    return record == null || record == 0
        ? "the record is being made"
        : "waits for the update with the record " + record;
  }

  /** Nothing can use an old certificate that was deleted; the new one must be there. */
  private Uni<Answer<Stage>> unlessGone(
      String old, Failure failure, DeliveryState state, WriteContext context) {
    return certificates
        .isGone(old, context)
        .flatMap(gone -> gone ? next(state, context) : new Answer.Failed<Stage>(failure).now());
  }

  private Uni<Answer<Stage>> ended(String record, DeliveryState state, WriteContext context) {
    return look(moved(state).withEnded(record), context);
  }

  /** A look that fails is repeated without another update. */
  private static DeliveryState moved(DeliveryState state) {
    return state.with(DeliveryState.MOVED, "yes");
  }

  // --- what uses the old certificate ---

  private Uni<Answer<Stage>> look(DeliveryState state, WriteContext context) {
    String old = state.list(DeliveryState.OLD).getFirst();
    return Answer.then(
        api.lookForUses(old, context),
        tasks ->
            tasks.value().certTaskIds().stream()
                .findFirst()
                .map(task -> state.with(DeliveryState.TASK, task.taskId()).underWay(SOON))
                .orElseGet(() -> state.underWay(LATER)));
  }

  private Uni<Answer<Stage>> uses(String task, DeliveryState state, WriteContext context) {
    return Answer.then(
        api.uses(task, context),
        answer ->
            answer.value().syncTaskBindResourceResult().stream()
                .filter(result -> task.equals(result.taskId()))
                .findFirst()
                .map(result -> judge(result, state, answer.requestId(), context))
                // It is forgotten there.
                .orElseGet(() -> state.without(DeliveryState.TASK).underWay(LATER)));
  }

  private Uni<Answer<Stage>> judge(
      BindResult result, DeliveryState state, @Nullable String requestId, WriteContext context) {
    if (result.status() == null || result.status() == 0) {
      return state.underWay(SOON);
    }
    Uses uses = Uses.of(result, scope);
    DeliveryState looked = state.without(DeliveryState.TASK);
    if (result.status() != 1 || !uses.unknown().isEmpty()) {
      // An empty result proves nothing while a region was not looked through.
      return looked
          .with(DeliveryState.NOTE, "not all could be looked through: " + uses.unknown())
          .underWay(LATER);
    }
    String seen = state.get(DeliveryState.IN_USE).orElse("");
    if (uses.within().isEmpty()) {
      String beyond = String.join(", ", uses.beyond());
      return beyond.equals(seen) || beyond.isEmpty()
          ? next(looked, context)
          // One more step, so that the order's history says what was not to be moved.
          : state.with(DeliveryState.IN_USE, beyond).underWay(SOON);
    }
    String used = String.join(", ", uses.within());
    if (seen.isEmpty()) {
      // It may have been bound while the update ran: the next one moves it.
      return looked.without(DeliveryState.MOVED).with(DeliveryState.IN_USE, used).underWay(LATER);
    }
    return stuck(
        new VendorError(
            ErrorClass.FINAL,
            STILL_IN_USE,
            "certificate %s is still in use and was not moved: %s"
                .formatted(state.list(DeliveryState.OLD).getFirst(), used),
            requestId,
            null),
        looked,
        context);
  }

  /** Goes on with the next old certificate. */
  private Uni<Answer<Stage>> next(DeliveryState state, WriteContext context) {
    List<String> old = state.list(DeliveryState.OLD);
    return step(
        state
            .with(DeliveryState.OLD, old.subList(1, old.size()))
            .without(
                DeliveryState.MOVED,
                DeliveryState.RECORD,
                DeliveryState.RETRIES,
                DeliveryState.FAILED,
                DeliveryState.DONE,
                DeliveryState.NOTE,
                DeliveryState.IN_USE),
        context);
  }

  /**
   * What uses a certificate.
   *
   * @param within where updates look
   * @param beyond elsewhere
   * @param unknown where the vendor could not look
   */
  private record Uses(List<String> within, List<String> beyond, List<String> unknown) {

    static Uses of(BindResult result, ResourceScope scope) {
      Uses uses = new Uses(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      result
          .bindResourceResult()
          .forEach(
              type ->
                  type.bindResourceRegionResult()
                      .forEach(region -> uses.add(type.resourceType(), region, scope)));
      return uses;
    }

    private void add(@Nullable String type, RegionUses uses, ResourceScope scope) {
      String where = uses.region() == null || uses.region().isEmpty() ? "" : " " + uses.region();
      boolean within = scope.covers(type, uses.region());
      if (uses.error() != null && !uses.error().isEmpty()) {
        if (within) {
          unknown.add(type + where);
        }
      } else if (uses.totalCount() != null && uses.totalCount() > 0) {
        (within ? this.within : beyond).add(type + where + ": " + uses.totalCount());
      }
    }
  }
}
