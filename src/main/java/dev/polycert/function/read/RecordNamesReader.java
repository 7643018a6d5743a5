package dev.polycert.function.read;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports names that are too long for the name of the record that would validate them. */
public final class RecordNamesReader {
  /** RFC 1035, section 2.3.4, without the root's octet and the first length. */
  private static final int LONGEST = 253;

  private final Fields request;
  private final Catalog catalog;

  public RecordNamesReader(Fields request, Catalog catalog) {
    this.request = request;
    this.catalog = catalog;
  }

  /**
   * Reports each name at the member that it stands in.
   *
   * @param domains the names by their paths
   */
  public void read(
      Map<String, DomainName> domains,
      List<String> providers,
      Map<String, Map<String, String>> options,
      ValidationMethod validation) {
    if (validation == ValidationMethod.FILE || domains.isEmpty()) {
      return;
    }
    DomainName first = domains.values().iterator().next();
    for (String provider : providers) {
      String label = catalog.require(provider).offer().recordLabel();
      if (!label.isEmpty()) {
        domains.forEach(
            (path, name) ->
                problem(label, name).ifPresent(problem -> request.errorAt(path, problem)));
        readOption(provider, label, first, options.getOrDefault(provider, Map.of()));
      }
    }
  }

  private void readOption(
      String provider, String label, DomainName first, Map<String, String> options) {
    AlternativeNames.readable(first, options).stream()
        .flatMap(Set::stream)
        .filter(name -> !name.equals(first))
        .flatMap(name -> address(name).or(() -> problem(label, name)).stream())
        .findFirst()
        .ifPresent(
            problem ->
                request.errorAt(
                    "providerOptions.%s.%s".formatted(provider, AlternativeNames.OPTION), problem));
  }

  /** An IP address has no DNS record (RFC 8738, section 7). */
  private static Optional<String> address(DomainName name) {
    return name.isAddress()
        ? Optional.of(
            "%s is an IP address, which can be validated by FILE alone; use FILE"
                .formatted(name.ascii()))
        : Optional.empty();
  }

  private static Optional<String> problem(String label, DomainName name) {
    int octets = label.length() + 1 + name.base().length();
    return octets <= LONGEST
        ? Optional.empty()
        : Optional.of(
            "%s is too long to be validated by DNS: its record %s.… would have a name of %d octets,"
                    .formatted(name.ascii(), label, octets)
                + " and %d are the most; use a name of up to %d%s"
                    .formatted(
                        LONGEST, LONGEST - label.length() - 1, name.wildcard() ? "" : ", or FILE"));
  }
}
