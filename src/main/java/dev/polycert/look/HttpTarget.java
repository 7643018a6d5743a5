package dev.polycert.look;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** Where a URL leads. */
sealed interface HttpTarget {

  /**
   * To a host that a look may go to.
   *
   * @param addresses at least one, all of which a look may go to
   * @param port to connect to
   */
  record Reachable(URI url, List<InetAddress> addresses, int port) implements HttpTarget {
    public Reachable {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Nowhere that a look may go to.
   *
   * @param why a clause that says what is wrong
   */
  record Refused(String why) implements HttpTarget {}
}
