package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.Printable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The answer of one server about one name, perhaps at the end of a chain of aliases.
 *
 * @param path the names from the one looked for to the one asked
 * @param values of the record there, none when there is no such record
 * @param alias where the name points, when it is an alias and was followed
 * @param error why the server gave no answer
 */
record Sighting(
    String server,
    List<Name> path,
    List<String> values,
    @Nullable Name alias,
    @Nullable String error) {
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 300;

  Sighting {
    path = List.copyOf(path);
    values = List.copyOf(values);
  }

  /** Whether the server answered, and not with an alias that was followed. */
  boolean isFinal() {
    return error == null && alias == null;
  }

  /** Its form in a finding. */
  Finding.Seen seen() {
    return new Finding.Seen(server, error == null ? shown() : List.of(), error);
  }

  private List<String> shown() {
    String chain = path.stream().map(Names::text).collect(Collectors.joining(" -> "));
    if (alias != null) {
      return List.of(chain + " -> " + Names.text(alias));
    }
    if (path.size() == 1) {
      return values.stream().limit(MOST_VALUES).map(Sighting::printable).toList();
    }
    return values.isEmpty()
        ? List.of(chain + " -> (nothing)")
        : values.stream().limit(MOST_VALUES).map(v -> chain + " -> " + printable(v)).toList();
  }

  static String printable(String value) {
    return Printable.of(value, LONGEST_VALUE);
  }
}
