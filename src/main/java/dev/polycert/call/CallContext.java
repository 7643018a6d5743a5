package dev.polycert.call;

import java.time.Instant;

/**
 * The deadline and the subject of one step. It allows calls that change nothing, or nothing more
 * when they are repeated; a call that changes something needs a {@link WriteContext}.
 */
public sealed class CallContext permits WriteContext {
  private final Instant deadline;
  private final Object subject;

  /**
   * Makes the context of one step.
   *
   * @param deadline no call waits longer
   * @param subject what the step is about, such as a domain; the {@link Breaker} takes the service
   *     for down only when calls about several subjects get no answer
   */
  public CallContext(Instant deadline, Object subject) {
    this.deadline = deadline;
    this.subject = subject;
  }

  /** Makes the context of a step whose subject no other step has. */
  public CallContext(Instant deadline) {
    this(deadline, new Object());
  }

  public Instant deadline() {
    return deadline;
  }

  public Object subject() {
    return subject;
  }
}
