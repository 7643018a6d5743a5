package dev.polycert.call;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the addresses of servers that operators run themselves. */
public final class OwnServers {
  /** RFC 6761, section 6.3. */
  private static final Pattern LOCALHOST = Pattern.compile("(?i)(.+\\.)?localhost\\.?");

  private OwnServers() {}

  /**
   * Says what is wrong with an address. Keys and records go to a server over TLS alone, unless it
   * is on this machine.
   *
   * @param variable the environment variable of the address, for the message
   * @return {@code Configuration}; empty for an address that can be used
   */
  public static Optional<VendorError> wrong(String variable, URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure =
        scheme.equals("https") || (scheme.equals("http") && isThisMachine(address.getHost()));
    boolean plain =
        address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    return secure && plain && address.getHost() != null
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.CREDENTIALS,
                "Configuration",
                variable
                    + " must be https://host, with a port and a path where the server has them,"
                    + " and without a user, a query or a fragment; http:// is for a server on this"
                    + " machine alone, as in http://127.0.0.1:8081"));
  }

  /**
   * Whether the host of a URL is this machine, judged by its name alone, without a look-up.
   *
   * @param host a name or an address, an IPv6 one in brackets; null where the URL has none
   */
  public static boolean isThisMachine(@Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException isName) {
      return LOCALHOST.matcher(host).matches();
    }
  }
}
