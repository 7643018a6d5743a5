package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Progress;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Looks for the certificate of a request without an answer: the one that is tagged with the order.
 */
final class AcmLookup {
  /** An older certificate was surely not made by the request; clocks are off by less. */
  private static final Duration EARLIER = Duration.ofHours(1);

  private final AcmApi api;

  AcmLookup(AcmApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> find(Application application, Region region, CallContext context) {
    return Answer.then(
        api.all(region, context),
        listed ->
            among(
                application,
                listed.value().stream()
                    .filter(it -> mayBe(application, it))
                    .sorted(Comparator.comparing(AcmLookup::created).reversed())
                    .toList(),
                listed.requestId(),
                context));
  }

  private static boolean mayBe(Application application, AcmCertificate certificate) {
    Instant applied = application.appliedAt();
    return certificate.own()
        && certificate.domain().equals(application.domain().ascii())
        && !application.others().contains(certificate.reference())
        && (applied == null || !created(certificate).isBefore(applied.minus(EARLIER)));
  }

  private static Instant created(AcmCertificate certificate) {
    return Objects.requireNonNullElse(certificate.createdAt(), Instant.MAX);
  }

  private Uni<Answer<Progress>> among(
      Application application,
      List<AcmCertificate> candidates,
      @Nullable String requestId,
      CallContext context) {
    if (candidates.isEmpty()) {
      return new Answer.Failed<Progress>(new Failure.Absent(requestId)).now();
    }
    AcmCertificate candidate = candidates.getFirst();
    return Answer.then(
        Answer.recover(
            api.tags(candidate.arn(), context)
                .map(
                    answer ->
                        answer.map(tags -> application.order().equals(tags.get(AcmOptions.TAG)))),
            failure ->
                failure instanceof Failure.Absent
                    ? Answer.of(false).now()
                    : new Answer.Failed<Boolean>(failure).now()),
        ours ->
            ours.value()
                ? Answer.of(AcmProgress.listed(candidate, ours.requestId())).now()
                : among(application, candidates.subList(1, candidates.size()), requestId, context));
  }
}
