package dev.polycert.store;

import dev.polycert.store.Kept.Kind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * A store as a whole, which can be copied. Each kind of store is a bean with its own {@link
 * io.smallrye.common.annotation.Identifier}. Nothing here blocks the caller's thread.
 */
public interface Portable {

  /** The place of the store, for messages; without secrets. */
  String place();

  /** Whether the store is there at all; one that is not is made when it is opened. */
  default boolean exists() {
    return true;
  }

  /**
   * Looks whether the store is there, and whether any other process uses it, as far as the store
   * can know.
   *
   * @throws StoreInUseException as the failure, with the reason
   */
  Uni<Void> requireIdle();

  /** All that is kept, in parts of a bounded size, each thing once. */
  Multi<List<Kept>> contents();

  /** Puts things in, in place of what is there under their keys. It may be repeated. */
  Uni<Void> put(List<Kept> things);

  /** Removes the time of some periodic work. */
  Uni<Void> removeTurn(String work);

  /** Another process uses the store, or it is not there. */
  final class StoreInUseException extends RuntimeException {
    public StoreInUseException(String message) {
      super(message);
    }
  }

  /**
   * Reads the contents of a store that can list the things after a key.
   *
   * @param size of a part
   * @param part reads that many things of a kind after the given key, in the order of their keys;
   *     the first key is empty
   */
  static Multi<List<Kept>> byKeys(int size, BiFunction<Kind, String, Uni<List<Kept>>> part) {
    return Multi.createFrom()
        .items(Kind.values())
        .onItem()
        .transformToMultiAndConcatenate(
            kind ->
                Multi.createBy()
                    .repeating()
                    .uni(
                        () -> new AtomicReference<>(""),
                        last ->
                            part.apply(kind, last.get())
                                .invoke(
                                    things -> {
                                      if (!things.isEmpty()) {
                                        last.set(things.getLast().key());
                                      }
                                    }))
                    .whilst(things -> things.size() == size));
  }
}
