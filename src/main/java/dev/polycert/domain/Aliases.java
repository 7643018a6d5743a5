package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Looks where names of the DNS point. Never fails: what goes wrong is in the answer. */
public interface Aliases {

  /**
   * Asks the authoritative servers of the name's zone for its CNAME; follows none.
   *
   * @param name full name, A-labels, without the trailing dot
   */
  Uni<Alias> alias(String name, Instant deadline);

  /** What a name is. */
  sealed interface Alias {

    /**
     * It points elsewhere.
     *
     * @param name where to, without the trailing dot
     */
    record Target(String name) implements Alias {}

    /** It points nowhere: it stands for itself, or is not there. */
    record None() implements Alias {}

    /**
     * The servers could not be asked, or do not agree.
     *
     * @param why one sentence, without the name
     */
    record Unclear(String why) implements Alias {}
  }
}
