package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    names.addAll(parse(options.getOrDefault(OPTION, "")));
    return names;
  }

  /**
   * The names that a value of the option lists.
   *
   * @throws DomainName.InvalidNameException when one of them is no name
   */
  public static List<DomainName> parse(String value) {
    String names = value.strip();
    return names.isEmpty()
        ? List.of()
        : Stream.of(names.split("[,\\s]+")).map(DomainName::parse).toList();
  }

  /** The same names; empty when one of them is no name. */
  public static Optional<Set<DomainName>> readable(DomainName domain, Map<String, String> options) {
    try {
      return Optional.of(of(domain, options));
    } catch (DomainName.InvalidNameException noName) {
      return Optional.empty();
    }
  }
}
