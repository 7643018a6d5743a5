package dev.polycert.look;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** The target of a URL. */
sealed interface HttpTarget {

  /**
   * A host that a look may connect to.
   *
   * @param addresses at least one; a look may connect to each of them
   * @param port to connect to
   */
  record Reachable(URI url, List<InetAddress> addresses, int port) implements HttpTarget {
    public Reachable {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A target that a look must not connect to.
   *
   * @param why a clause that says what is wrong
   */
  record Refused(String why) implements HttpTarget {}
}
