package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds where names of the DNS point. Never fails: errors are in the answer. */
public interface Aliases {

  /**
   * Asks the authoritative servers of the name's zone for its CNAME; follows none.
   *
   * @param name full name, A-labels, without the trailing dot
   */
  Uni<Alias> alias(String name, Instant deadline);

  /**
   * Asks resolvers, or the configured servers, for the zone that a name is in.
   *
   * @param name full name, A-labels, without the trailing dot
   * @return lower case; empty where it is not known
   */
  Uni<Optional<String>> zone(String name, Instant deadline);

  /**
   * Whether the zone's own servers are asked. Resolvers may cache that a name does not exist, and
   * then miss a record that is created later.
   */
  boolean asksAuthorities();

  /** Where a name points. */
  sealed interface Alias {

    /**
     * It points to another name.
     *
     * @param name the other name, lower case, without the trailing dot
     * @param zone the zone that the CNAME is in, lower case; null where that is not known
     */
    record Target(String name, @Nullable String zone) implements Alias {}

    /**
     * It has no CNAME, or does not exist.
     *
     * @param zone the zone that the name is in, lower case; null where that is not known
     */
    record None(@Nullable String zone) implements Alias {}

    /**
     * The servers could not be asked, or do not agree.
     *
     * @param why one sentence, without the name
     * @param zone the zone that the name is in, lower case; null where that is not known
     */
    record Unclear(String why, @Nullable String zone) implements Alias {}
  }
}
