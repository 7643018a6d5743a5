package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The registrable domains of the emulated accounts. */
@ApplicationScoped
class OwnedDomains {
  private static final Set<String> SECOND_LEVEL =
      Set.of("ac", "co", "com", "edu", "gov", "net", "org");
  private final Settings settings;

  OwnedDomains(Settings settings) {
    this.settings = settings;
  }

  /** Whether the name is an owned domain or is under one. */
  boolean owns(String name) {
    return settings.domains().isEmpty() || configured(plain(name)).isPresent();
  }

  /**
   * The registrable domain above a name: a configured one, else the last two labels, or three under
   * a country's {@code com.cn} and the like. The sandbox keeps no public suffix list.
   */
  String registrable(String name) {
    String plain = plain(name);
    return configured(plain).orElseGet(() -> lastLabels(plain));
  }

  private Optional<String> configured(String name) {
    return settings.domains().stream()
        .filter(domain -> name.equals(domain) || name.endsWith("." + domain))
        .findFirst();
  }

  private static String lastLabels(String name) {
    List<String> labels = Arrays.asList(name.split("\\."));
    int count = labels.size();
    boolean country =
        count > 2 && labels.getLast().length() == 2 && SECOND_LEVEL.contains(labels.get(count - 2));
    return String.join(".", labels.subList(Math.max(0, count - (country ? 3 : 2)), count));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("*.") ? lower.substring(2) : lower;
  }
}
