package dev.polycert.function.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Suggests the known name that a caller probably meant. */
public final class Nearest {
  /** A longer text is no misspelt name, and comparing it would take long. */
  private static final int LONGEST = 64;

  private Nearest() {}

  /** {@code "did you mean \"domains\"?"}, or the known names when none is near. */
  public static String hint(String given, Collection<String> known) {
    return given.length() > LONGEST
        ? all(known)
        : of(given, known)
            .map(name -> "did you mean \"" + name + "\"?")
            .orElseGet(() -> all(known));
  }

  /** The known name that is nearest; empty when none is near. */
  public static Optional<String> of(String given, Collection<String> known) {
    String lower = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> near(lower, name.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
  }

  private static String all(Collection<String> known) {
    return known.isEmpty()
        ? "nothing is expected here"
        : "known: " + known.stream().sorted().collect(Collectors.joining(", "));
  }

  private static boolean near(String given, String name) {
    return distance(given, name) <= Math.max(2, Math.max(given.length(), name.length()) / 2);
  }

  /** Levenshtein's distance: single-character edits from one text to the other. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
