package dev.polycert.domain;

import com.google.common.net.InternetDomainName;
import java.util.Optional;
import java.util.Set;

/** Knows where registries end and owners begin, by the Public Suffix List that Guava carries. */
public final class PublicSuffixes {
  private static final Set<String> FOR_TESTS = Set.of("test", "example");

  private PublicSuffixes() {}

  /** Whether the ICANN section of the list holds the name itself. */
  public static boolean isRegistrySuffix(String ascii) {
    return InternetDomainName.isValid(ascii) && InternetDomainName.from(ascii).isRegistrySuffix();
  }

  /**
   * Gives the part of a name that its owner registered. Under a top-level domain that the list does
   * not hold, its default rule {@code *} applies.
   *
   * @param ascii A-labels; labels such as {@code _dnsauth} may be in front
   */
  public static String registrable(String ascii) {
    // Guava refuses labels with a leading underscore, which no registry has.
    String hosts = ascii.replaceFirst("^.*_[^.]*\\.", "");
    if (InternetDomainName.isValid(hosts)) {
      InternetDomainName name = InternetDomainName.from(hosts);
      if (name.isUnderRegistrySuffix()) {
        return name.topDomainUnderRegistrySuffix().toString();
      }
    }
    int topLevel = hosts.lastIndexOf('.');
    return hosts.substring(hosts.lastIndexOf('.', topLevel - 1) + 1);
  }

  /** A note of the list for the person who applies, where it has one. */
  static Optional<String> note(String ascii) {
    InternetDomainName name = InternetDomainName.from(ascii);
    if (name.isPublicSuffix()) {
      return Optional.of(
          ascii
              + " is in the private section of the Public Suffix List: names below it may belong to"
              + " others");
    }
    String topLevel = ascii.substring(ascii.lastIndexOf('.') + 1);
    if (!name.hasRegistrySuffix() && !FOR_TESTS.contains(topLevel)) {
      return Optional.of(
          "." + topLevel + " is not in the Public Suffix List: check the spelling of the name");
    }
    return Optional.empty();
  }
}
