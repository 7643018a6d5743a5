package dev.polycert.vendor.acme;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Does the same for many things at once, each on a virtual thread of its own. */
final class AtOnce {
  private AtOnce() {}

  /** The work for one item. */
  @FunctionalInterface
  interface Work<A, B> {
    B on(A item) throws Ended;
  }

  /**
   * The results, in the order of the items.
   *
   * @throws Ended with the outcome of the first item that ended its step
   */
  static <A, B> List<B> map(List<A> items, Work<A, B> work) throws Ended {
    List<CompletableFuture<B>> running =
        items.stream()
            .map(
                item ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return work.on(item);
                          } catch (Ended ended) {
                            throw new CompletionException(ended);
                          }
                        },
                        Thread::startVirtualThread))
            .toList();
    try {
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Ended ended) {
        throw ended;
      }
      throw e;
    }
  }
}
