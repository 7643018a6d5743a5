package dev.polycert.look;

import dev.polycert.domain.Finding;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The zone that holds a name, and the servers to ask about it.
 *
 * @param authoritative whether the servers must answer by their own authority
 * @param unusable servers of the zone that cannot be asked, and why
 */
record Zone(Name name, boolean authoritative, List<Server> servers, List<Finding.Seen> unusable) {

  Zone {
    servers = List.copyOf(servers);
    unusable = List.copyOf(unusable);
  }

  /** A zone by its name alone. */
  static Zone named(Name name) {
    return new Zone(name, true, List.of(), List.of());
  }

  /**
   * One server to ask.
   *
   * @param label name and address, for findings
   * @param other its IPv6 address, to ask where the first one is silent: this machine may have no
   *     way to IPv4; null when there is none
   */
  record Server(String label, InetSocketAddress address, @Nullable InetSocketAddress other) {

    Server(String label, InetSocketAddress address) {
      this(label, address, null);
    }
  }

  /** The result of the search for a zone. */
  sealed interface Search {
    /** The zone is known. */
    record Found(Zone zone) implements Search {}

    /**
     * The resolver led nowhere.
     *
     * @param why continues a sentence that starts with "the resolver"
     */
    record NotFound(String why) implements Search {}
  }
}
