package dev.polycert.domain;

import com.ibm.icu.text.IDNA;
import java.util.regex.Pattern;

/**
 * Gives every name of the DNS one spelling, so that two spellings of one name compare as equal:
 * A-labels, lower case, without the trailing dot. Unlike {@link DomainName}, it takes names that no
 * certificate is for, such as those of records with underscores.
 */
public final class DnsNames {
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");

  /** As {@link Idna}, but without the rules for hosts, which forbid underscores. */
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

  private DnsNames() {}

  /** The one spelling of a name; a text that cannot be a name stays as it is. */
  public static String canonical(String name) {
    IDNA.Info info = new IDNA.Info();
    String stripped = name.strip();
    String ascii = UTS46.nameToASCII(stripped, new StringBuilder(), info).toString();
    // Hyphens and lengths are not checked here: registries and DNS services have their own rules.
    String kept = isAscii(ascii) ? ascii : stripped;
    return kept.endsWith(".") ? kept.substring(0, kept.length() - 1) : kept;
  }

  /** Whether a text in its one spelling can be a name (RFC 1035, section 2.3.4). */
  public static boolean isName(String canonical) {
    return canonical.length() <= LONGEST && NAME.matcher(canonical).matches();
  }

  /** Whether two texts are spellings of one name. */
  public static boolean same(String one, String other) {
    return canonical(one).equals(canonical(other));
  }

  /** Whether a name is a zone's own or below it; both in their one spelling. */
  public static boolean isIn(String name, String zone) {
    return name.equals(zone) || name.endsWith("." + zone);
  }

  /**
   * Whether the name in a certificate covers another one: it is the same, or its wildcard stands
   * for the first label (RFC 9525, section 6.3). A name that is a wildcard itself needs the same
   * one.
   */
  public static boolean covers(String inCertificate, String name) {
    String covering = canonical(inCertificate);
    String covered = canonical(name);
    int end = covered.indexOf('.');
    return covering.equals(covered)
        || (end > 0
            && covering.startsWith("*.")
            && covering.substring(1).equals(covered.substring(end)));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
