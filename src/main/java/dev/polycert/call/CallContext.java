package dev.polycert.call;

import dev.polycert.rate.Urgency;
import java.time.Instant;

/**
 * The deadline, the subject and the urgency of one step. It allows calls that change nothing, or
 * nothing more when they are repeated; a call that changes something needs a {@link WriteContext}.
 */
public sealed class CallContext permits WriteContext {
  private final Instant deadline;
  private final Object subject;
  private final Urgency urgency;

  /**
   * Makes the context of one step.
   *
   * @param deadline when the step's calls stop waiting
   * @param subject what the step is about, such as a domain; the {@link Breaker} takes the service
   *     for down only when calls about several subjects get no answer
   * @param urgency which call is made first when several wait for the same limit
   */
  public CallContext(Instant deadline, Object subject, Urgency urgency) {
    this.deadline = deadline;
    this.subject = subject;
    this.urgency = urgency;
  }

  /** Makes the context of one step whose result a caller waits for. */
  public CallContext(Instant deadline, Object subject) {
    this(deadline, subject, Urgency.SMALL);
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

  public Urgency urgency() {
    return urgency;
  }
}
