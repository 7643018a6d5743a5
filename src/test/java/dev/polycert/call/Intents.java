package dev.polycert.call;

import io.smallrye.mutiny.Uni;

/** Announces the writes of services that tests script, as {@link Caller} does for real ones. */
public final class Intents {

  private Intents() {}

  /** Records that the write is about to be made. */
  public static Uni<Void> intend(WriteContext context, String operation) {
    return context.intend(operation);
  }
}
