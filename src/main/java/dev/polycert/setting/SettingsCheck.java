package dev.polycert.setting;

import dev.polycert.call.NamedAccount;
import dev.polycert.order.Catalog;
import dev.polycert.provider.ProviderConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Rejects settings that could not be used, by their names, before a request needs them. */
@ApplicationScoped
class SettingsCheck {
  /** Settings that mean something else with none. */
  private static final Set<String> MAY_BE_NONE =
      Set.of("polycert.server.idle-timeout", "polycert.server.drain-timeout");

  /** The ends of the names of settings that count what is done, at once or in a time. */
  private static final Pattern COUNTS =
      Pattern.compile(
          "polycert[.].*[.](concurrency|pool-size|attempts|limit-factor|max-in-flight"
              + "|calls-per-second|answers-per-second|per-second|burst|max-connections|connections"
              + "|breaker-failures)");

  private static final String EMF = "polycert.metrics.emf";
  private static final String PROMETHEUS = "polycert.metrics.prometheus";

  /** That of SmallRye Config's source of the defaults of mappings. */
  private static final int DEFAULT_ORDINAL = Integer.MIN_VALUE;

  private final Config config;
  private final ProviderConfig providers;
  private final Catalog catalog;
  private final boolean server;

  SettingsCheck(
      Config config,
      ProviderConfig providers,
      Catalog catalog,
      @ConfigProperty(name = "polycert.server.enabled", defaultValue = "false") boolean server) {
    this.config = config;
    this.providers = providers;
    this.catalog = catalog;
    this.server = server;
  }

  /**
   * A function makes the providers, writers and deliverers when it needs them, to start quickly.
   */
  void start(@Observes StartupEvent event) {
    requireTime(config);
    requireRoom(config);
    requireOneKindOfMetrics(config);
    providers.requireLimits();
    if (!providers.byId().isEmpty()) {
      providers.requireKnown(
          catalog.ids().stream().filter(id -> NamedAccount.account(id).isEmpty()).toList());
    }
    List<String> wrong = server ? catalog.wrongSettings() : List.of();
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  /** Makes sure that no metrics were asked for that would not be shown. */
  static void requireOneKindOfMetrics(Config config) {
    ConfigValue prometheus = config.getConfigValue(PROMETHEUS);
    boolean asked =
        Boolean.parseBoolean(prometheus.getValue())
            && prometheus.getSourceOrdinal() != DEFAULT_ORDINAL;
    if (asked && config.getOptionalValue(EMF, Boolean.class).orElse(false)) {
      throw new IllegalArgumentException(
          "%s and %s are both true, and there is one kind of metrics: leave one of them out"
              .formatted(EMF, PROMETHEUS));
    }
  }

  /** Makes sure that something may be done at all. */
  static void requireRoom(Config config) {
    for (String name : config.getPropertyNames()) {
      if (COUNTS.matcher(name).matches()
          && config.getOptionalValue(name, Double.class).filter(count -> count <= 0).isPresent()) {
        throw new IllegalArgumentException(name + " must be more than 0");
      }
    }
  }

  /** Makes sure that no work has to be done in no time. */
  static void requireTime(Config config) {
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("polycert.")
          && name.endsWith("timeout")
          && !MAY_BE_NONE.contains(name)
          && config.getOptionalValue(name, Duration.class).orElse(Duration.ofDays(1)).isZero()) {
        throw new IllegalArgumentException(name + " must be more than 0");
      }
    }
  }
}
