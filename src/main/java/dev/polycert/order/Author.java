package dev.polycert.order;

import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries the caller's name in Mutiny's context from a request to the code that writes an order's
 * history. The name records whose work it is, and grants nothing.
 */
public final class Author {
  private static final String KEY = "polycert.author";

  private Author() {}

  /**
   * Does work on behalf of a caller. Once begun it goes on, whether or not anybody waits for it.
   */
  public static <T> Uni<T> as(Principal caller, Supplier<Uni<T>> work) {
    String name = caller.name();
    if (name == null) {
      return Uni.createFrom().deferred(work::get);
    }
    return Uni.createFrom()
        .emitter(
            result ->
                Uni.createFrom()
                    .deferred(work::get)
                    .subscribe()
                    .with(Context.of(KEY, name), result::complete, result::fail));
  }

  /** Does something with the name of the caller; empty for the process itself. */
  public static <T> Uni<T> with(Function<Optional<String>, Uni<T>> work) {
    return Uni.createFrom()
        .context(
            context ->
                work.apply(
                    context.contains(KEY)
                        ? Optional.of(context.<String>get(KEY))
                        : Optional.empty()));
  }
}
