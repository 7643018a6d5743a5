package dev.polycert.domain;

import dev.polycert.domain.DomainName.InvalidNameException;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises texts that are no bare domain name, and says what to give instead. */
final class NameSpelling {
  /** Bounds the work on one text; no spelling of 253 octets is longer. */
  private static final int LONGEST_TEXT = 1024;

  /** The separators of UTS 46, section 2.3. */
  static final String DOTS = ".\u3002\uFF0E\uFF61";

  private static final Pattern HOST =
      Pattern.compile("(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?(?:[^/@]*@)?([^/:?#\\\\]*).*");
  private static final Pattern IPV6 =
      Pattern.compile("\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[^\\]]*)?(\\](:\\d*)?)?");
  private static final Pattern PORT = Pattern.compile("([^:]*):\\d*");

  private NameSpelling() {}

  /**
   * Refuses a text that cannot be a bare domain name.
   *
   * @throws InvalidNameException with a hint at what to give instead
   */
  static void check(String text) {
    if (text.isBlank()) {
      throw new InvalidNameException(
          text, "is empty: give a domain name such as www.example.com or *.example.com");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new InvalidNameException(
          text, "is " + text.length() + " characters long: a domain name has at most 253 octets");
    }
    refuse(text, Character::isISOControl, "control character");
    refuse(text, c -> Character.isWhitespace(c) || Character.isSpaceChar(c), "space");
    refuseOtherKinds(text);
  }

  static boolean startsWithWildcard(String text) {
    return text.length() >= 2 && text.charAt(0) == '*' && DOTS.indexOf(text.charAt(1)) >= 0;
  }

  private static void refuse(String text, IntPredicate bad, String kind) {
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      if (bad.test(characters[i])) {
        String where =
            "%s %s at position %d".formatted(kind, Printable.codePoint(characters[i]), i + 1);
        throw new InvalidNameException(text, "has the " + where + ": remove it");
      }
    }
  }

  private static void refuseOtherKinds(String text) {
    if (text.contains("/") || text.contains("?") || text.contains("#")) {
      throw new InvalidNameException(text, "is a URL or path: give only the host" + host(text));
    }
    if (text.contains("@")) {
      throw new InvalidNameException(
          text, "is an e-mail address: give only the domain" + host(text));
    }
    if (IPV6.matcher(text).matches()) {
      throw ipAddress(text);
    }
    if (text.contains("%")) {
      throw new InvalidNameException(text, "has a percent sign: give the name without escapes");
    }
    Matcher port = PORT.matcher(text);
    if (port.matches()) {
      throw new InvalidNameException(
          text, "has a port: give only the name" + quoted(port.group(1)));
    }
  }

  static InvalidNameException ipAddress(String text) {
    return new AddressException(text);
  }

  /** An IP address where a name is expected. */
  static final class AddressException extends InvalidNameException {
    AddressException(String text) {
      super(
          text, "is an IP address: certificates here are for domain names such as www.example.com");
    }
  }

  private static String host(String text) {
    Matcher matcher = HOST.matcher(text);
    return matcher.matches() ? quoted(matcher.group(1)) : "";
  }

  private static String quoted(String name) {
    return name.isEmpty() ? "" : ", '" + Printable.of(name, 80) + "'";
  }
}
