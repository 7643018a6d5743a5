package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the name servers that a zone is delegated to. Never fails. */
public interface NameServers {

  /**
   * Asks the DNS for the name servers of a zone.
   *
   * @param zone full name, A-labels, without the trailing dot
   * @return their names without the trailing dot; none where the zone is not delegated, empty where
   *     the DNS does not answer
   */
  Uni<Optional<List<String>>> of(String zone, Instant deadline);
}
