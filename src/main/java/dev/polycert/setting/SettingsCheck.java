package dev.polycert.setting;

import dev.polycert.call.Descriptor;
import dev.polycert.call.NamedAccount;
import dev.polycert.order.Catalog;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.startup.StartupCheck;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

  private static final Pattern ADDRESSES =
      Pattern.compile(
          "polycert[.]((provider|dns-writer|account)[.].*[.]endpoint|http[.]metadata-endpoint)");

  private static final String MORE_THAN_NONE = "%s must be more than 0";

  /** After the log is set up. */
  private static final int FIRST = 2;

  private static final String EMF = "polycert.metrics.emf";
  private static final String PROMETHEUS = "polycert.metrics.prometheus";

  /** That of SmallRye Config's source of the defaults of mappings. */
  private static final int DEFAULT_ORDINAL = Integer.MIN_VALUE;

  private final Config config;
  private final ProviderConfig providers;
  private final Catalog catalog;
  private final boolean server;

  private final List<StartupCheck> others;

  SettingsCheck(
      Config config,
      ProviderConfig providers,
      Catalog catalog,
      @ConfigProperty(name = "polycert.server.enabled", defaultValue = "false") boolean server,
      @All List<StartupCheck> others) {
    this.config = config;
    this.providers = providers;
    this.catalog = catalog;
    this.server = server;
    this.others = List.copyOf(others);
  }

  /** Comes before anything else starts, and reports the mistakes that all parts have found. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    List<String> wrong = new ArrayList<>();
    others.forEach(check -> wrong.addAll(found(check::wrong)));
    wrong.addAll(wrongTimes(config));
    wrong.addAll(wrongCounts(config));
    wrong.addAll(wrongSizes(config));
    wrong.addAll(wrongAddresses(config));
    wrong.addAll(StartupCheck.of(() -> requireOneKindOfMetrics(config)));
    wrong.addAll(providers.wrongLimits());
    wrong.addAll(found(this::ofServices));
    List<String> all = wrong.stream().distinct().toList();
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", all));
    }
  }

  /** What a check finds, or why a bean that it needs cannot be made of the settings. */
  static List<String> found(Supplier<List<String>> check) {
    try {
      return check.get();
    } catch (RuntimeException failed) {
      return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
          .filter(
              cause ->
                  cause instanceof IllegalArgumentException
                      || cause instanceof IllegalStateException)
          .map(cause -> List.of(String.valueOf(cause.getMessage())))
          .findFirst()
          .orElseThrow(() -> failed);
    }
  }

  /**
   * A function makes the providers, writers and deliverers when it needs them, to start quickly.
   */
  private List<String> ofServices() {
    List<String> wrong = new ArrayList<>();
    if (!providers.byId().isEmpty()) {
      List<Descriptor> services =
          catalog.ids().stream()
              .filter(id -> NamedAccount.account(id).isEmpty())
              .flatMap(id -> catalog.descriptor(id).stream())
              .toList();
      wrong.addAll(providers.unknown(services.stream().map(Descriptor::id).toList()));
      wrong.addAll(providers.unknownOperations(services));
    }
    if (server) {
      wrong.addAll(catalog.wrongSettings());
    }
    return wrong;
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

  /** The settings that leave no room for anything to be done. */
  static List<String> wrongCounts(Config config) {
    return names(config)
        .filter(name -> COUNTS.matcher(name).matches())
        .filter(
            name -> config.getOptionalValue(name, Double.class).filter(it -> it <= 0).isPresent())
        .map(MORE_THAN_NONE::formatted)
        .toList();
  }

  /** The settings that leave no room for an answer. */
  static List<String> wrongSizes(Config config) {
    return names(config)
        .filter(name -> name.startsWith("polycert.") && name.endsWith(".max-response"))
        .filter(
            name ->
                config
                    .getOptionalValue(name, MemorySize.class)
                    .filter(size -> size.asLongValue() <= 0)
                    .isPresent())
        .map(MORE_THAN_NONE::formatted)
        .toList();
  }

  /** The settings by which work would have to be done in no time. */
  static List<String> wrongTimes(Config config) {
    return names(config)
        .filter(name -> name.startsWith("polycert.") && name.endsWith("timeout"))
        .filter(name -> !MAY_BE_NONE.contains(name))
        .filter(
            name ->
                config.getOptionalValue(name, Duration.class).filter(Duration::isZero).isPresent())
        .map(MORE_THAN_NONE::formatted)
        .toList();
  }

  /** The addresses of services that could not be called. */
  static List<String> wrongAddresses(Config config) {
    return names(config)
        .filter(name -> ADDRESSES.matcher(name).matches())
        .flatMap(
            name ->
                config.getOptionalValue(name, URI.class).stream()
                    .filter(address -> address.getScheme() == null || address.getHost() == null)
                    .map(
                        address ->
                            "%s must be an address such as https://host:port, not %s"
                                .formatted(name, address)))
        .toList();
  }

  private static Stream<String> names(Config config) {
    return StreamSupport.stream(config.getPropertyNames().spliterator(), false).sorted();
  }
}
