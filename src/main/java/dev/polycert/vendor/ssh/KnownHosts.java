package dev.polycert.vendor.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One line of {@code known_hosts}: "SSH_KNOWN_HOSTS FILE FORMAT" in sshd(8). */
record KnownHosts(String marker, String names, String type, byte[] key) {
  private static final String REVOKED = "@revoked";
  private static final int SSH_PORT = 22;

  /** A type and a key in base64, behind the names or alone. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(?<marker>@\\S+)\\s+)?(?:(?<names>[^@#\\s]\\S*)\\s+)?"
              + "(?<type>(?:ssh|ecdsa|sk)-[\\w@.-]+)\\s+(?<key>AAAA[\\w+/]+=*)(?:\\s.*)?");

  private static final Pattern HASHED =
      Pattern.compile("\\|1\\|(?<salt>[\\w+/]+=*)\\|(?<hash>[\\w+/]+=*)");

  /** Reads a line; empty when it is none, or names a CA, whose certificates are not looked at. */
  static Optional<KnownHosts> read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String marker = parts.group("marker") == null ? "" : parts.group("marker");
    String names = parts.group("names") == null ? "" : parts.group("names");
    boolean known = marker.isEmpty() || (marker.equals(REVOKED) && !names.isEmpty());
    return known
        ? Optional.of(
            new KnownHosts(marker, names, parts.group("type"), decoded(parts.group("key"))))
        : Optional.empty();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException cutOff) {
      return new byte[0];
    }
  }

  /** Whether the key is not to be trusted. */
  boolean revoked() {
    return !marker.isEmpty();
  }

  /** Whether it says which machines it is about. */
  boolean named() {
    return !names.isEmpty();
  }

  /** Whether it is about the machine at that address; a line without a port is about all ports. */
  boolean isAbout(String address, int port) {
    String bare = address.toLowerCase(Locale.ROOT);
    return (port != SSH_PORT && matches("[" + bare + "]:" + port)) || matches(bare);
  }

  private boolean matches(String host) {
    Matcher hashed = HASHED.matcher(names);
    if (hashed.matches()) {
      return MessageDigest.isEqual(
          decoded(hashed.group("hash")), hash(decoded(hashed.group("salt")), host));
    }
    List<String> patterns = List.of(names.toLowerCase(Locale.ROOT).split(","));
    return patterns.stream().anyMatch(pattern -> matches(pattern, host))
        && patterns.stream()
            .noneMatch(pattern -> pattern.startsWith("!") && matches(pattern.substring(1), host));
  }

  private static boolean matches(String pattern, String host) {
    String expression =
        pattern
            .codePoints()
            .mapToObj(
                one ->
                    switch (one) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(one));
                    })
            .collect(Collectors.joining());
    return host.matches(expression);
  }

  private static byte[] hash(byte[] salt, String host) {
    if (salt.length == 0) {
      return new byte[0];
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(host.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
    }
  }
}
