package dev.polycert.domain;

import dev.polycert.domain.DomainName.InvalidNameException;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/** Refuses well-formed names that no public CA may issue a certificate for. */
final class NamePolicy {
  static final String TOO_LONG =
      "is longer than 253 octets in its ASCII form (RFC 1035, 2.3.4): shorten it";

  private static final int LONGEST_NAME = 253;
  private static final BigInteger LARGEST_OCTET = BigInteger.valueOf(255);

  /** What URL parsers read as an IPv4 address: up to four decimal, octal or hex numbers. */
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d+|0x[0-9a-f]*)(\\.(\\d+|0x[0-9a-f]*)){0,3}");

  /** An address as people write it, or the attempt at one. */
  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d+(\\.\\d+){3}");

  /** Top-level labels are two or more letters, or A-labels (RFC 3696, section 2; RFC 5890). */
  private static final Pattern TOP_LEVEL = Pattern.compile("[a-z]{2,}|xn--.+");

  /** {@code .test} and {@code .example} are not here: tests use them. */
  private static final Map<String, String> SPECIAL_USE =
      Map.of(
          "localhost", "always means the machine itself (RFC 6761)",
          "local", "is for multicast DNS on one link (RFC 6762)",
          "internal", "is reserved for private networks",
          "invalid", "never exists (RFC 6761)",
          "onion", "is not in the DNS (RFC 7686)",
          "alt", "is not in the DNS (RFC 9476)");

  /** Names of addresses, and of networks without a name of their own. */
  private static final Map<String, String> ARPA =
      Map.of(
          "in-addr.arpa", "has the names of IPv4 addresses (CA/B Forum ballot SC-086)",
          "ip6.arpa", "has the names of IPv6 addresses (CA/B Forum ballot SC-086)",
          "home.arpa", "is reserved for home networks (RFC 8375)");

  private NamePolicy() {}

  /**
   * Checks a name after its conversion to ASCII.
   *
   * @param base the name without {@code *.} and trailing dot
   * @param given the whole text, for the message
   * @throws InvalidNameException when no public CA may issue for it
   */
  static void check(String base, boolean wildcard, String given) {
    if (base.length() + (wildcard ? "*.".length() : 0) > LONGEST_NAME) {
      throw new InvalidNameException(given, TOO_LONG);
    }
    if (FOUR_NUMBERS.matcher(base).matches() && tooLarge(base)) {
      throw new InvalidNameException(
          given,
          "looks like an IP address, but the numbers of one are at most 255: give a domain name"
              + " such as www.example.com, or the right address");
    }
    if (NUMBERS.matcher(base).matches()) {
      throw NameSpelling.ipAddress(given);
    }
    checkTopLevel(base.substring(base.lastIndexOf('.') + 1), given);
    checkArpa(base, given);
    checkSuffix(base, given);
  }

  private static boolean tooLarge(String address) {
    return Pattern.compile("\\.")
        .splitAsStream(address)
        .anyMatch(number -> new BigInteger(number).compareTo(LARGEST_OCTET) > 0);
  }

  private static void checkArpa(String base, String given) {
    ARPA.forEach(
        (suffix, use) -> {
          if (base.equals(suffix) || base.endsWith("." + suffix)) {
            throw new InvalidNameException(
                given, "ends in ." + suffix + ", which " + use + ": no public CA issues for it");
          }
        });
  }

  private static void checkTopLevel(String label, String given) {
    String use = SPECIAL_USE.get(label);
    if (use != null) {
      throw new InvalidNameException(
          given, "ends in ." + label + ", which " + use + ": no public CA issues for it");
    }
    if (!TOP_LEVEL.matcher(label).matches()) {
      throw new InvalidNameException(
          given, "ends in '" + label + "', which is no top-level domain: end it as in example.com");
    }
  }

  /**
   * A CA consults the registry-controlled (ICANN) section of the Public Suffix List only (CA/B
   * Forum Baseline Requirements 3.2.2.6).
   */
  private static void checkSuffix(String base, String given) {
    if (PublicSuffixes.isRegistrySuffix(base)) {
      throw new InvalidNameException(
          given, "is a public suffix: give a name registered below it, such as example." + base);
    }
    if (base.indexOf('.') < 0) {
      throw new InvalidNameException(
          given, "is a single label: give a full name such as " + base + ".example.com");
    }
  }
}
