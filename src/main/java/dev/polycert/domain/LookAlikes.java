package dev.polycert.domain;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Flags names that may pass for another: labels of several scripts beyond the highly restrictive
 * level (UTS 39, section 5.2), and labels whose every letter looks like a Latin one.
 */
final class LookAlikes {
  private static final List<Set<UnicodeScript>> USUAL_MIXES =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  /** Letters whose usual shape is that of a Latin letter (UTS 39, confusables.txt). */
  private static final Map<UnicodeScript, String> LATIN_SHAPES =
      Map.of(UnicodeScript.CYRILLIC, "асԁеһіјӏорԛѕԝху", UnicodeScript.GREEK, "αικνορυχγ");

  private LookAlikes() {}

  /**
   * Gives a sentence for each label that may deceive.
   *
   * @param unicode U-labels
   */
  static List<String> notes(String unicode) {
    String[] labels = unicode.split("\\.", -1);
    Set<UnicodeScript> topLevel = scripts(labels[labels.length - 1]);
    List<String> notes = new ArrayList<>();
    for (String label : labels) {
      Set<UnicodeScript> scripts = scripts(label);
      if (scripts.size() > 1 && USUAL_MIXES.stream().noneMatch(mix -> mix.containsAll(scripts))) {
        notes.add(
            "the label '%s' mixes %s letters: it may pass for another name"
                .formatted(label, names(scripts)));
      } else if (looksLatin(label, scripts) && !topLevel.equals(scripts)) {
        notes.add(
            "the label '%s' is all %s, yet looks Latin: it may pass for another name"
                .formatted(label, names(scripts)));
      }
    }
    return notes;
  }

  private static Set<UnicodeScript> scripts(String label) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    label.codePoints().forEach(c -> scripts.add(UnicodeScript.of(c)));
    scripts.remove(UnicodeScript.COMMON);
    scripts.remove(UnicodeScript.INHERITED);
    return scripts;
  }

  private static boolean looksLatin(String label, Set<UnicodeScript> scripts) {
    if (scripts.size() != 1) {
      return false;
    }
    String shapes = LATIN_SHAPES.getOrDefault(scripts.iterator().next(), "");
    return label.codePoints().filter(Character::isLetter).allMatch(c -> shapes.indexOf(c) >= 0);
  }

  private static String names(Set<UnicodeScript> scripts) {
    return scripts.stream()
        .map(
            script -> script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
