package dev.polycert.domain;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place where TLS is served. Written as {@code name}, {@code name:port}, {@code address:port},
 * {@code [v6]:port}, or {@code name@address:port} for one address of a name.
 *
 * @param name what a client asks for, A-labels; null where an address alone is given
 * @param address where it connects to; null for all addresses of the name
 */
public record ServedHost(@Nullable DomainName name, @Nullable InetAddress address, int port) {
  private static final int HTTPS_PORT = 443;

  private static final Pattern FORM =
      Pattern.compile("(?:(?<name>[^@]*)@)?(?<host>\\[[^\\]]*]|[^:]*)(?::(?<port>\\d{1,5}))?");

  /**
   * Reads a host.
   *
   * @throws IllegalArgumentException when the text is no host; the message says what would be right
   */
  public static ServedHost parse(String text) {
    // An IPv6 address without a port needs no brackets.
    Matcher form = FORM.matcher(InetAddresses.isInetAddress(text) ? bare(text) : text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          quoted(text) + " must be name:port, address:port, [v6]:port or name@address:port");
    }
    String host = form.group("host");
    String port = form.group("port");
    int number = port == null ? HTTPS_PORT : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(quoted(text) + " has no port from 1 to 65535");
    }
    DomainName at = DomainName.ofHost(host);
    String given = form.group("name");
    if (given != null && !at.isAddress()) {
      throw new IllegalArgumentException(quoted(text) + " must have an address after the @");
    }
    DomainName name = given != null ? DomainName.parse(given) : at.isAddress() ? null : at;
    if (name != null && name.wildcard()) {
      throw new IllegalArgumentException(
          quoted(text) + " is a wildcard, which is no host: name one below it");
    }
    return new ServedHost(name, at.isAddress() ? InetAddress.ofLiteral(at.ascii()) : null, number);
  }

  private static String bare(String address) {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }

  private static String quoted(String text) {
    return "'" + Printable.of(text, 80) + "'";
  }

  /** A name of a certificate, where HTTPS is served. */
  public static ServedHost https(DomainName name) {
    return name.isAddress()
        ? new ServedHost(null, InetAddress.ofLiteral(name.ascii()), HTTPS_PORT)
        : new ServedHost(name, null, HTTPS_PORT);
  }

  /** The same, but with a name to ask for when there is an address alone. */
  public ServedHost asking(@Nullable DomainName other) {
    return name == null ? new ServedHost(other, address, port) : this;
  }

  /** The name or address that the certificate has to be for. */
  public DomainName expected() {
    return name == null
        ? DomainName.ofHost(IpAddresses.canonical(Objects.requireNonNull(address)))
        : name;
  }

  /** The name or the address, as it stands before a port. */
  public String bare() {
    DomainName host = expected();
    return host.isAddress() ? bare(host.ascii()) : host.ascii();
  }

  /** The one spelling. */
  @Override
  public String toString() {
    String at = address == null ? "" : bare(IpAddresses.canonical(address));
    String asked = name == null ? "" : name.ascii() + (address == null ? "" : "@");
    return asked + at + ":" + port;
  }
}
