package dev.polycert.setting;

import dev.polycert.function.read.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that the code reads, as {@code settings.txt} lists them. */
final class KnownSettings {
  private static final String ANY = "*";

  /** A name of the operator's: one word, or more between two underscores each. */
  private static final String NAME = "(_[A-Z0-9_]+?_|[A-Z0-9]+)";

  private static final Pattern OF_ACCOUNT = Pattern.compile("(POLYCERT_ACCOUNT_" + NAME + "_)(.+)");

  private static final String EXEC_ENVIRONMENT = "POLYCERT_EXEC_ENVIRONMENT";

  private final Set<String> single;
  private final List<Family> families;

  /** Variables of things that have names, such as {@code POLYCERT_ACCOUNT_*_VENDOR}. */
  private record Family(String name, String prefix, Pattern pattern, Pattern named) {

    static Family of(String name) {
      String prefix = name.substring(0, name.indexOf(ANY));
      return new Family(
          name,
          prefix,
          Pattern.compile(name.replace(ANY, NAME)),
          Pattern.compile(prefix + NAME + "_.*"));
    }

    /** As it would be for the thing that the variable names. */
    String as(String variable) {
      Matcher given = named.matcher(variable);
      return given.matches() ? name.replace(ANY, given.group(1)) : name;
    }
  }

  private KnownSettings(List<String> names) {
    single = names.stream().filter(name -> !name.contains(ANY)).collect(Collectors.toSet());
    families = names.stream().filter(name -> name.contains(ANY)).map(Family::of).toList();
  }

  /**
   * Reads the list.
   *
   * @param others further variables, as the list has them
   */
  static KnownSettings with(List<String> others) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(KnownSettings.class.getResourceAsStream("/settings.txt")),
                StandardCharsets.UTF_8))) {
      return new KnownSettings(Stream.concat(lines.lines(), others.stream()).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Whether the code reads a variable.
   *
   * @param values the values of others: some name the variables that a program gets
   */
  boolean has(String variable, Function<String, Optional<String>> values) {
    if (single.contains(variable)
        || families.stream().anyMatch(family -> family.pattern().matcher(variable).matches())) {
      return true;
    }
    Matcher account = OF_ACCOUNT.matcher(variable);
    return account.matches()
        && (has(account.group(3), values)
            || values.apply(account.group(1) + EXEC_ENVIRONMENT).stream()
                .flatMap(Pattern.compile(",")::splitAsStream)
                .anyMatch(name -> name.strip().equals(account.group(3))));
  }

  /** Whether it looks like a variable of something that has a name. */
  boolean isOfFamily(String variable) {
    return families.stream().anyMatch(family -> variable.startsWith(family.prefix()));
  }

  /** The variable that was probably meant. */
  Optional<String> nearest(String variable) {
    Matcher account = OF_ACCOUNT.matcher(variable);
    Stream<String> ofAccount =
        account.matches() ? single.stream().map(account.group(1)::concat) : Stream.empty();
    return Nearest.of(
        variable,
        Stream.of(single.stream(), families.stream().map(it -> it.as(variable)), ofAccount)
            .flatMap(Function.identity())
            .toList());
  }
}
