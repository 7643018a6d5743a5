package dev.polycert.order;

import dev.polycert.dns.Zones;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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

  /** Whether all that is to be published can be seen, or should be by now. */
  Uni<Boolean> await(Step step) {
    long looks = 1 + config.publishWait().dividedBy(LOOK_EVERY);
    return watch(step, step.order().publications(), looks)
        .flatMap(
            seen ->
                seen.equals(step.order().publications())
                    ? Uni.createFrom().item(seen)
                    : step.ownWork()
                        .published(seen, "visible at the authoritative servers")
                        .replaceWith(seen))
        .map(seen -> seen.stream().allMatch(record -> visible(record, step.now())));
  }

  private Uni<List<Publication>> watch(Step step, List<Publication> records, long looks) {
    return Publishing.each(records, record -> seen(step, record))
        .flatMap(
            now ->
                now.stream().anyMatch(record -> Publishing.is(record, Publication.State.WRITTEN))
                        && looks > 1
                        && step.now().plus(LOOK_EVERY).isBefore(step.deadline)
                    ? Uni.createFrom()
                        .item(now)
                        .onItem()
                        .delayIt()
                        .by(LOOK_EVERY)
                        .flatMap(again -> watch(step, again, looks - 1))
                    : Uni.createFrom().item(now));
  }

  private Uni<Publication> seen(Step step, Publication record) {
    if (!Publishing.is(record, Publication.State.WRITTEN)) {
      return Uni.createFrom().item(record);
    }
    Instant patience = step.now().plus(config.look());
    return look.record(
            record.recordName(),
            record.type(),
            record.value(),
            patience.isBefore(step.deadline) ? patience : step.deadline)
        .map(
            finding ->
                finding.status() == Finding.Status.PRESENT
                    ? record.in(Publication.State.SEEN, record.recordId(), step.now())
                    : record);
  }

  /** What nobody can write is for a person, and does not keep the vendor from being asked. */
  private boolean visible(Publication record, Instant now) {
    return switch (record.state()) {
      // A writer that refuses may be helped by a person, who publishes by hand.
      case WRITING -> record.error() != null;
      case WRITTEN ->
          zones
              .writer(Objects.requireNonNull(record.writer()))
              .filter(writer -> now.isBefore(record.at().plus(writer.propagation())))
              .isEmpty();
      case BLOCKED, FOUND, SEEN, REMOVED, PASSED_ON, LEFT -> true;
    };
  }
}
