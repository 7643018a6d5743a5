package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an order is worked on.
 *
 * @param attempts steps since the state was entered, which set the pace of the next ones; while the
 *     vendor has not answered, tries since the request; once issued, looks since then
 * @param nextStepAt when the next step is worth taking; null when there is none. Looks at what is
 *     served have a time of their own
 * @param deadline when the state ends by name; null for states that are ends
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(int attempts, @Nullable Instant nextStepAt, @Nullable Instant deadline) {

  /** There is nothing to do. */
  public static Schedule none() {
    return new Schedule(0, null, null);
  }

  public Schedule withAttempts(int attempts) {
    return new Schedule(attempts, nextStepAt, deadline);
  }

  public Schedule withNextStepAt(@Nullable Instant nextStepAt) {
    return new Schedule(attempts, nextStepAt, deadline);
  }

  public Schedule withDeadline(@Nullable Instant deadline) {
    return new Schedule(attempts, nextStepAt, deadline);
  }
}
