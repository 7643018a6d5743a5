package dev.polycert.startup;

import java.util.List;
import java.util.stream.Stream;

/**
 * Finds settings that could not be used, before anything starts. All checks are asked before the
 * start fails, so that one start names all mistakes.
 */
public interface StartupCheck {

  /** What is wrong with the settings, by their names; empty when nothing is. */
  List<String> wrong();

  /** The messages of those checks that throw; each of them is made. */
  static List<String> of(Runnable... checks) {
    return Stream.of(checks).flatMap(check -> message(check).stream()).toList();
  }

  private static List<String> message(Runnable check) {
    try {
      check.run();
      return List.of();
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      return List.of(String.valueOf(wrong.getMessage()));
    }
  }
}
