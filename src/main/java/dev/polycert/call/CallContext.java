package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a step at a provider may use.
 *
 * @param deadline nothing is waited for beyond this
 * @param intent records, durably and before any byte is sent, that the named write is about to be
 *     made. When it fails the write must not be made, and its failure is passed on as it is.
 * @param subject what it is about, such as a domain: when calls about many things get no answer, it
 *     is the vendor's fault; when only those about one thing do, that thing's
 */
public record CallContext(Instant deadline, Function<String, Uni<Void>> intent, Object subject) {

  /** A step about something that no other step is about. */
  public CallContext(Instant deadline, Function<String, Uni<Void>> intent) {
    this(deadline, intent, new Object());
  }

  /** The same step, and what it is about. */
  public CallContext about(Object subject) {
    return new CallContext(deadline, intent, subject);
  }

  /** For steps that may only read: a write in it is a bug. */
  public static CallContext readOnly(Instant deadline) {
    return new CallContext(
        deadline,
        operation ->
            Uni.createFrom()
                .failure(new IllegalStateException(operation + " writes in a read-only step")));
  }
}
