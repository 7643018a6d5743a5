package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Finds where names of the DNS point. Never fails: errors are in the answer. */
public interface Aliases {

  /**
   * Asks the authoritative servers of the name's zone for its CNAME; follows none.
   *
   * @param name full name, A-labels, without the trailing dot
   */
  Uni<Alias> alias(String name, Instant deadline);

  /** Where a name points. */
  sealed interface Alias {

    /**
     * It points to another name.
     *
     * @param name the other name, without the trailing dot
     */
    record Target(String name) implements Alias {}

    /** It has no CNAME, or does not exist. */
    record None() implements Alias {}

    /**
     * The servers could not be asked, or do not agree.
     *
     * @param why one sentence, without the name
     */
    record Unclear(String why) implements Alias {}
  }
}
