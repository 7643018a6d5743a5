package dev.polycert.call;

import dev.polycert.domain.PublicAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges the address of a receiver of webhooks before anything is sent there. */
public final class Receiver {
  private final boolean privateAllowed;
  private final String setting;

  /**
   * @param privateAllowed whether addresses that are not on the public Internet may be sent to
   * @param setting the setting that allows them, for the message
   */
  public Receiver(boolean privateAllowed, String setting) {
    this.privateAllowed = privateAllowed;
    this.setting = setting;
  }

  /** What is wrong with it; empty when nothing is. */
  public Optional<String> wrong(@Nullable String text) {
    if (text == null) {
      return Optional.of("is missing; https://hooks.example.com/certificates for example");
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException malformed) {
      return Optional.of("is no URL: " + malformed.getReason());
    }
    if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return Optional.of("must have a host, no user and no fragment");
    }
    boolean loopback = OwnServers.isThisMachine(url.getHost());
    if (!"https".equalsIgnoreCase(url.getScheme())
        && !(loopback && "http".equalsIgnoreCase(url.getScheme()))) {
      return Optional.of("must begin with https://, or go to this machine");
    }
    if (!privateAllowed && (loopback || isPrivate(url.getHost()))) {
      return Optional.of(
          "leads to an address that is not on the public Internet; set "
              + setting
              + "=true to allow such");
    }
    return Optional.empty();
  }

  /** Whether a request may be sent over a connection to this address. */
  public boolean allows(InetAddress address) {
    return privateAllowed || PublicAddress.is(address);
  }

  private static boolean isPrivate(String host) {
    return literal(host).filter(address -> !PublicAddress.is(address)).isPresent();
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException isName) {
      return Optional.empty();
    }
  }
}
