package dev.polycert.order.step;

import dev.polycert.dns.Zones;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.Publication;
import dev.polycert.order.Publication.State;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Waits until the name servers answer with what was written. */
final class Visibility {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Zones zones;
  private final ValidationLook look;
  private final OrderConfig config;

  Visibility(Zones zones, ValidationLook look, OrderConfig config) {
    this.zones = zones;
    this.look = look;
    this.config = config;
  }

  /** The order's records as they are seen, after some time of waiting for them. */
  Uni<List<Publication>> await(Step step) {
    long looks = 1 + config.publishWait().dividedBy(LOOK_EVERY);
    return watch(step, step.order().publications(), looks);
  }

  private Uni<List<Publication>> watch(Step step, List<Publication> records, long looks) {
    return Each.inTurn(records, record -> seen(step, record))
        .flatMap(
            now ->
                now.stream().anyMatch(record -> record.is(State.WRITTEN))
                        && looks > 1
                        && step.now().plus(LOOK_EVERY).isBefore(step.deadline())
                    ? Uni.createFrom()
                        .item(now)
                        .onItem()
                        .delayIt()
                        .by(LOOK_EVERY)
                        .flatMap(again -> watch(step, again, looks - 1))
                    : Uni.createFrom().item(now));
  }

  private Uni<Publication> seen(Step step, Publication record) {
    return record.is(State.WRITTEN)
        ? isPresent(step, record)
            .map(present -> present ? record.in(State.SEEN, record.recordId(), step.now()) : record)
        : Uni.createFrom().item(record);
  }

  private Uni<Boolean> isPresent(Step step, Publication record) {
    Instant patience = step.now().plus(config.look());
    return look.record(
            record.recordName(),
            record.type(),
            record.value(),
            patience.isBefore(step.deadline()) ? patience : step.deadline())
        .map(finding -> finding.status() == Finding.Status.PRESENT);
  }

  /** The records that Polycert could not write and that are not visible in the DNS either. */
  Uni<List<Publication>> unpublished(Step step, List<Publication> records) {
    List<Publication> failed = records.stream().filter(record -> record.error() != null).toList();
    return Each.inTurn(
            failed,
            record ->
                isPresent(step, record)
                    .map(present -> present ? Optional.<Publication>empty() : Optional.of(record)))
        .map(missing -> missing.stream().flatMap(Optional::stream).toList());
  }

  /** Whether all records can be seen, or should be by now. */
  boolean complete(List<Publication> records, Instant now) {
    return records.stream().allMatch(record -> visible(record, now));
  }

  /** A record that only a person can write is not waited for, but looked for. */
  private boolean visible(Publication record, Instant now) {
    return switch (record.state()) {
      // If a writer refuses, a person may publish the record by hand.
      case WRITING -> record.error() != null;
      case WRITTEN ->
          zones
              .propagation(Objects.requireNonNull(record.writer()))
              .filter(propagation -> now.isBefore(record.at().plus(propagation)))
              .isEmpty();
      case BLOCKED, FOUND, SEEN, REMOVED, PASSED_ON, LEFT -> true;
    };
  }
}
