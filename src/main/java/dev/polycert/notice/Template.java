package dev.polycert.notice;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders in braces. A part in square brackets that has a placeholder is left out
 * where a value in it is missing; other brackets are text.
 */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern PART = Pattern.compile("\\[([^\\[\\]]*\\{[^\\[\\]]*)]");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @param setting where it stands, for the message
   * @param known the names of all values
   * @throws IllegalArgumentException when it has a placeholder of another name
   */
  static Template of(String setting, String text, Set<String> known) {
    PLACEHOLDER
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "%s: there is no placeholder {%s}; there are {%s}"
                      .formatted(setting, name, String.join("}, {", new TreeSet<>(known))));
            });
    return new Template(text);
  }

  /** Fills in these values; a missing one is left out. Braces and brackets in values are text. */
  String fill(Map<String, String> values) {
    String parts =
        PART.matcher(text)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(complete(part.group(1), values) ? part.group(1) : ""));
    return PLACEHOLDER
        .matcher(parts)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }

  private static boolean complete(String part, Map<String, String> values) {
    return PLACEHOLDER.matcher(part).results().allMatch(it -> values.containsKey(it.group(1)));
  }
}
