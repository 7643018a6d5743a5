package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The option by which a request asks for further names in one certificate. */
public final class AlternativeNames {
  /** The name of the option, at every provider that has it. */
  public static final String OPTION = "alternativeNames";

  private AlternativeNames() {}

  /**
   * All names of an order's certificate: its domain first, then the others as they were given,
   * separated by commas or spaces.
   *
   * @throws DomainName.InvalidNameException when one of them is no name
   */
  public static Set<DomainName> of(DomainName domain, Map<String, String> options) {
    Set<DomainName> names = new LinkedHashSet<>(List.of(domain));
    String others = options.getOrDefault(OPTION, "").strip();
    if (!others.isEmpty()) {
      for (String text : others.split("[,\\s]+")) {
        names.add(DomainName.parse(text));
      }
    }
    return names;
  }
}
