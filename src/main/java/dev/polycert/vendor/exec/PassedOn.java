package dev.polycert.vendor.exec;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The environment variables that the program gets, and that it must not repeat to us. */
final class PassedOn {
  static final String NAMES = "POLYCERT_EXEC_ENVIRONMENT";

  /** What shorter values say is no secret, such as a number or the name of a service. */
  private static final int SHORTEST_SECRET = 6;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** What Polycert sets itself, and its own keys. */
  private static final Pattern OURS = Pattern.compile("HOME|PATH|TMPDIR|POLYCERT_.*");

  private final Config config;
  private final String variable = NamedAccount.variable(NAMES);

  /** By the name that the program knows: the variable of the account. */
  private final Map<String, String> names;

  PassedOn(List<String> names, Config config) {
    this.config = config;
    this.names =
        names.stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    NamedAccount::variable,
                    (one, other) -> one,
                    LinkedHashMap::new));
  }

  /** What is wrong with the names; empty when all can be passed on. */
  Optional<VendorError> wrong() {
    return names.keySet().stream()
        .map(this::wrong)
        .flatMap(Optional::stream)
        .findFirst()
        .map(what -> new VendorError(ErrorClass.CREDENTIALS, "Configuration", what));
  }

  private Optional<String> wrong(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          variable + " must be names of environment variables with commas between them");
    }
    if (OURS.matcher(name).matches()) {
      return Optional.of(variable + " names " + name + ", which Polycert does not pass on");
    }
    return value(name).isPresent()
        ? Optional.empty()
        : Optional.of(
            variable + " names " + names.get(name) + ", which is not set: set it, or leave it out");
  }

  /** Only whole values are hidden: a part of a key could be the name of a setting. */
  private Optional<String> value(String name) {
    return Optional.ofNullable(config.getConfigValue(names.getOrDefault(name, name)).getRawValue());
  }

  Map<String, String> values() {
    return names.keySet().stream()
        .collect(Collectors.toMap(Function.identity(), name -> value(name).orElse("")));
  }

  /** Hides the values, and each line of those that have several, such as a key in PEM. */
  HiddenKeys hidden() {
    return new HiddenKeys(
        values().values().stream()
            .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
            .map(String::strip)
            .filter(value -> value.length() >= SHORTEST_SECRET)
            .distinct()
            .toList());
  }
}
