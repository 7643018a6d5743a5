package dev.polycert.vault;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Where sealed values are kept, beside the orders. What it acknowledges survives the death of the
 * process. Nothing here blocks the caller's thread.
 */
public interface VaultStore {

  Uni<Optional<byte[]>> get(String name);

  /**
   * Keeps a value unless there is one of that name: one atomic step.
   *
   * @return whether this call put it there
   */
  Uni<Boolean> create(String name, byte[] sealed);

  /** Keeps a value, in place of what there is. */
  Uni<Void> put(String name, byte[] sealed);

  /** Forgets a value; one that is not there is no error. */
  Uni<Void> remove(String name);
}
