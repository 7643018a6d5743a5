package dev.polycert.call;

import java.time.Instant;

/**
 * What calls that change nothing may use, or change nothing more when they are repeated. Only a
 * {@link WriteContext} lets a call change something.
 */
public sealed class CallContext permits WriteContext {
  private final Instant deadline;
  private final Object subject;

  /**
   * Makes the context of one step.
   *
   * @param deadline nothing is waited for beyond this
   * @param subject what the step is about, such as a domain: when calls about many things get no
   *     answer, it is the service's fault; when only those about one thing do, that thing's
   */
  public CallContext(Instant deadline, Object subject) {
    this.deadline = deadline;
    this.subject = subject;
  }

  /** Makes the context of a step about something that no other step is about. */
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
