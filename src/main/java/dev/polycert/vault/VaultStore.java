package dev.polycert.vault;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Stores sealed values beside the orders. A value that it has acknowledged survives the end of the
 * process. No method blocks the caller's thread.
 */
public interface VaultStore {

  Uni<Optional<byte[]>> get(String name);

  /**
   * Stores a value unless there is one of that name, in one atomic step.
   *
   * @return whether this call stored it
   */
  Uni<Boolean> create(String name, byte[] sealed);

  /** Stores a value, in place of an earlier one. */
  Uni<Void> put(String name, byte[] sealed);

  /** Removes a value; one that does not exist is no error. */
  Uni<Void> remove(String name);
}
