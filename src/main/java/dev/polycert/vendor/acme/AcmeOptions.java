package dev.polycert.vendor.acme;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.ValidationMethod;
import java.util.Map;
import java.util.Set;

/** Reads the options of a request, and rejects those that no CA supports. */
final class AcmeOptions {
  static final String CA = "ca";
  static final String ALTERNATIVE_NAMES = AlternativeNames.OPTION;
  static final String PROFILE = "profile";
  static final String PREFERRED_CHAIN = "preferredChain";

  /** What public CAs take (Let's Encrypt, "Names per certificate"). */
  private static final int MOST_NAMES = 100;

  /** Let's Encrypt, "Profiles": the limits of profiles that have less. */
  private static final Map<String, Integer> MOST_NAMES_OF =
      Map.of("tlsserver", 25, "shortlived", 25);

  private AcmeOptions() {}

  /**
   * All names of the certificate: the order's domain first, then the others as they were given.
   *
   * @throws Ended when one of them is no name, or there are too many
   */
  static Set<DomainName> names(Application application) throws Ended {
    Set<DomainName> names = parsed(application);
    if (names.size() > MOST_NAMES) {
      throw invalid(
          ALTERNATIVE_NAMES,
          "makes %d names; a certificate has at most %d".formatted(names.size(), MOST_NAMES));
    }
    if (application.terms().validation() == ValidationMethod.FILE) {
      requireNoWildcard(names);
    } else {
      requireNoAddress(names);
    }
    return names;
  }

  /** Rejects more names than a certificate of the profile has. */
  static void requireFewer(String profile, Set<DomainName> names) throws Ended {
    int most = MOST_NAMES_OF.getOrDefault(profile, MOST_NAMES);
    if (names.size() > most) {
      throw invalid(
          ALTERNATIVE_NAMES,
          "makes %d names; a certificate of the profile '%s' has at most %d"
              .formatted(names.size(), profile, most));
    }
  }

  /** Let's Encrypt and other CAs refuse an order with a name beside the wildcard that covers it. */
  static void requireNoneCovered(Set<DomainName> names) throws Ended {
    for (DomainName name : names) {
      String wildcard = name.ascii().replaceFirst("^[^.]+", "*");
      if (!name.wildcard()
          && !name.isAddress()
          && names.stream().anyMatch(other -> other.ascii().equals(wildcard))) {
        throw invalid(
            ALTERNATIVE_NAMES,
            "%s is covered by %s, beside which CAs refuse it; leave it out"
                .formatted(name.ascii(), wildcard));
      }
    }
  }

  private static Set<DomainName> parsed(Application application) throws Ended {
    try {
      return AlternativeNames.hosts(application.domain(), application.terms().options());
    } catch (DomainName.InvalidNameException e) {
      throw invalid(ALTERNATIVE_NAMES, String.valueOf(e.getMessage()));
    }
  }

  /** A file proves control of one host, not of all hosts below a name (RFC 8555, section 8.3). */
  private static void requireNoWildcard(Set<DomainName> names) throws Ended {
    for (DomainName name : names) {
      if (name.wildcard()) {
        throw new Ended(
            new VendorError(
                ErrorClass.FINAL,
                "Validation.Unsupported",
                name.ascii() + " is a wildcard, which FILE cannot validate; use DNS"));
      }
    }
  }

  /** There is no DNS record of an address (RFC 8738, section 7). */
  private static void requireNoAddress(Set<DomainName> names) throws Ended {
    for (DomainName name : names) {
      if (name.isAddress()) {
        throw new Ended(
            new VendorError(
                ErrorClass.FINAL,
                "Validation.Unsupported",
                name.ascii() + " is an IP address, which DNS cannot validate; use FILE"));
      }
    }
  }

  static Ended invalid(String option, String why) {
    return new Ended(
        new VendorError(ErrorClass.FINAL, "Option.Invalid", "option " + option + ": " + why));
  }
}
