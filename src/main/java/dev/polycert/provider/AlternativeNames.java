package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    return of(domain, options, DomainName::parse);
  }

  /**
   * As {@link #of}, for a provider that issues for IP addresses as well.
   *
   * @throws DomainName.InvalidNameException when one of them is neither
   */
  public static Set<DomainName> hosts(DomainName domain, Map<String, String> options) {
    return of(domain, options, DomainName::ofHost);
  }

  /** The names beside the domain; none where one of them cannot be read. */
  public static Set<DomainName> others(DomainName domain, Map<String, String> options) {
    if (!options.containsKey(OPTION)) {
      return Set.of();
    }
    try {
      Set<DomainName> names = hosts(domain, options);
      names.remove(domain);
      return names;
    } catch (DomainName.InvalidNameException noName) {
      return Set.of();
    }
  }

  private static Set<DomainName> of(
      DomainName domain, Map<String, String> options, Function<String, DomainName> reader) {
    Set<DomainName> names = new LinkedHashSet<>(List.of(domain));
    names.addAll(parse(options.getOrDefault(OPTION, ""), reader));
    return names;
  }

  /**
   * The names that a value of the option lists.
   *
   * @param addresses whether IP addresses may be among them
   * @throws DomainName.InvalidNameException when one of them is no name
   */
  public static List<DomainName> parse(String value, boolean addresses) {
    return parse(value, addresses ? DomainName::ofHost : DomainName::parse);
  }

  private static List<DomainName> parse(String value, Function<String, DomainName> reader) {
    String names = value.strip();
    return names.isEmpty() ? List.of() : Stream.of(names.split("[,\\s]+")).map(reader).toList();
  }

  /**
   * The option that asks for the other names of a certificate; empty where it has none.
   *
   * @param names all of them as a vendor lists them
   */
  public static Map<String, String> option(String domain, List<String> names) {
    String others =
        names.stream()
            .filter(name -> !name.equalsIgnoreCase(domain))
            .collect(Collectors.joining(","));
    return others.isEmpty() ? Map.of() : Map.of(OPTION, others);
  }

  /** Whether two values of the option make a certificate for the same names. */
  public static boolean same(DomainName domain, String one, @Nullable String other) {
    try {
      return hosts(domain, Map.of(OPTION, one))
          .equals(hosts(domain, other == null ? Map.of() : Map.of(OPTION, other)));
    } catch (DomainName.InvalidNameException noName) {
      return one.equals(other);
    }
  }

  /** All names and addresses; empty when one of them is neither. */
  public static Optional<Set<DomainName>> readable(DomainName domain, Map<String, String> options) {
    try {
      return Optional.of(hosts(domain, options));
    } catch (DomainName.InvalidNameException noName) {
      return Optional.empty();
    }
  }
}
