package dev.polycert.order.step;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Does the same for each of several items. */
public final class Each {

  private Each() {}

  /** One item after the other, without those that have no result. */
  public static <I, R> Uni<List<R>> inTurn(
      Iterable<I> items, Function<? super I, Uni<? extends R>> work) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .<R>transformToUniAndConcatenate(work)
        .collect()
        .asList();
  }
}
