package dev.polycert.function.invocation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of the HTTP server with keys of its own, which open nothing else. Not on AWS. */
public interface SideDoor {

  /**
   * Requires keys that cannot be guessed.
   *
   * @throws IllegalStateException when one can be
   */
  void require();

  /** Whether a path is behind this door; never while the door has no key. */
  boolean leadsTo(String path);

  /**
   * The operations that the holder of a key can reach.
   *
   * @param authorization the header of that name
   * @return empty when there is no such key
   */
  Optional<List<Operation>> open(@Nullable String authorization);

  /** What the header {@code WWW-Authenticate} asks for (RFC 9110, section 11.6.1). */
  String challenge();
}
