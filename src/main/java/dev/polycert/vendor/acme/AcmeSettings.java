package dev.polycert.vendor.acme;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Rejects settings of CAs that could not be used, by their names, before a request needs them. */
@ApplicationScoped
class AcmeSettings {
  private static final Logger LOG = Logger.getLogger(AcmeSettings.class);
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@:,<>]+@[^\\s@:,<>]+");

  private final AcmeConfig config;

  AcmeSettings(AcmeConfig config) {
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    check(config, LOG::warn);
  }

  static void check(AcmeConfig config, Consumer<String> warnings) {
    config
        .defaultCa()
        .filter(name -> !config.ca().containsKey(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "POLYCERT_ACME_DEFAULT_CA: there is no CA '%s'; there are: %s"
                      .formatted(name, String.join(", ", new TreeSet<>(config.ca().keySet()))));
            });
    new TreeMap<>(config.ca())
        .forEach(
            (name, ca) -> {
              if (!ca.contact().map(it -> ADDRESS.matcher(it).matches()).orElse(true)) {
                throw new IllegalArgumentException(
                    Authority.variable(name, "contact")
                        + " is no e-mail address, as in pki@example.com");
              }
              missing(name, ca)
                  .ifPresent(
                      variable ->
                          warnings.accept(
                              "set %s in the environment, so that the CA %s can be applied at"
                                  .formatted(variable, name)));
            });
  }

  /** The variable that is missing to configure a CA completely. */
  static Optional<String> missing(String name, AcmeConfig.Ca ca) {
    return ca.eabKeyId().isPresent() == ca.eabHmac().isPresent()
        ? Optional.empty()
        : Optional.of(
            Authority.variable(name, ca.eabKeyId().isPresent() ? "eab-hmac" : "eab-key-id"));
  }
}
