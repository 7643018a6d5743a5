package dev.polycert.call;

import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.function.Function;

/** Allows calls that change something, because the intent of each is recorded before it is sent. */
public final class WriteContext extends CallContext {
  private final Function<String, Uni<Void>> intent;

  /**
   * Makes the context of one step.
   *
   * @param intent records, durably and before any byte is sent, that the named write is about to be
   *     made. When it fails the write must not be made, and its failure is passed on as it is.
   */
  public WriteContext(
      Instant deadline, Object subject, Urgency urgency, Function<String, Uni<Void>> intent) {
    super(deadline, subject, urgency);
    this.intent = intent;
  }

  /** Makes the context of one step that somebody waits for. */
  public WriteContext(Instant deadline, Object subject, Function<String, Uni<Void>> intent) {
    this(deadline, subject, Urgency.SMALL, intent);
  }

  /** Records that the write is about to be made. */
  Uni<Void> intend(String operation) {
    return intent.apply(operation);
  }

  /**
   * Records one intent for several writes, such as those that are made at the same time.
   *
   * @return the context of these writes, none of which is recorded again
   */
  public Uni<WriteContext> announce(String operation) {
    return intent
        .apply(operation)
        .map(
            recorded ->
                new WriteContext(
                    deadline(), subject(), urgency(), any -> Uni.createFrom().voidItem()));
  }
}
