package dev.polycert.domain;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.ibm.icu.text.IDNA;
import dev.polycert.domain.DomainName.InvalidNameException;
import java.util.Set;
import java.util.function.Predicate;

/** Converts names between Unicode and ASCII by UTS 46, and explains why it refuses one. */
final class Idna {
  /**
   * Non-transitional: {@code faß.de} and {@code fass.de} are two names (UTS 46, section 4). The
   * other flags add the rules of RFC 5892 and RFC 5893 that CAs hold names to.
   */
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.CHECK_CONTEXTO
              | IDNA.USE_STD3_RULES);

  private static final Splitter LABELS =
      Splitter.on(CharMatcher.anyOf(NameSpelling.DOTS)).omitEmptyStrings();

  private static final int LONGEST_LABEL = 63;

  /** Both forms of one name, without a trailing dot. */
  record Forms(String ascii, String unicode) {}

  private Idna() {}

  /**
   * Converts a name without wildcard; a trailing dot is dropped.
   *
   * @param given the whole text, for the message
   * @throws InvalidNameException when a label breaks a rule
   */
  static Forms convert(String name, String given) {
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
    if (info.hasErrors()) {
      throw new InvalidNameException(given, reason(name, info.getErrors()));
    }
    String unicode = UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()).toString();
    return new Forms(withoutTrailingDot(ascii), withoutTrailingDot(unicode));
  }

  private static String withoutTrailingDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String reason(String name, Set<IDNA.Error> errors) {
    if (errors.contains(IDNA.Error.EMPTY_LABEL)) {
      return "has an empty label: write one dot between two labels, none in front and at most one"
          + " at the end";
    }
    for (String label : LABELS.split(name)) {
      IDNA.Info info = new IDNA.Info();
      UTS46.labelToASCII(label, new StringBuilder(), info);
      for (IDNA.Error error : info.getErrors()) {
        return "has the label '"
            + Printable.of(label, LONGEST_LABEL)
            + "', which "
            + fault(error, label);
      }
    }
    return errors.contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)
        ? NamePolicy.TOO_LONG
        : "mixes labels written right to left with others in a way that RFC 5893 forbids: use one"
            + " direction";
  }

  private static String fault(IDNA.Error error, String label) {
    return switch (error) {
      case LABEL_TOO_LONG -> "is longer than 63 octets in its ASCII form: shorten it";
      case LEADING_HYPHEN -> "starts with a hyphen: start it with a letter or digit";
      case TRAILING_HYPHEN -> "ends with a hyphen: end it with a letter or digit";
      case HYPHEN_3_4 ->
          "has hyphens as third and fourth character: only xn-- labels may (RFC 5891, 4.2.3.1)";
      case PUNYCODE, INVALID_ACE_LABEL, LABEL_HAS_DOT ->
          "is not valid Punycode: give the name in Unicode instead";
      case LEADING_COMBINING_MARK -> "starts with a combining mark: put a letter before it";
      case CONTEXTJ -> "has an invisible joiner where RFC 5892 allows none: remove it";
      case CONTEXTO_PUNCTUATION, CONTEXTO_DIGITS ->
          "has a character where RFC 5892 does not allow it: remove it";
      case BIDI -> "mixes writing directions in a way that RFC 5893 forbids: use one direction";
      default -> disallowed(label);
    };
  }

  private static String disallowed(String label) {
    Predicate<String> refused =
        character -> {
          IDNA.Info info = new IDNA.Info();
          UTS46.labelToUnicode(character, new StringBuilder(), info);
          return info.getErrors().contains(IDNA.Error.DISALLOWED);
        };
    String which =
        label
            .codePoints()
            .filter(c -> refused.test(Character.toString(c)))
            .mapToObj(c -> " '" + Printable.of(Character.toString(c), 1) + "'")
            .findFirst()
            .orElse("");
    return "has a character"
        + which
        + " that no name in a certificate may have: "
        + "use letters, digits and hyphens";
  }
}
