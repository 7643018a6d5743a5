package dev.polycert.vendor.acme;

import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Rejects settings of CAs that could not be used, by their names, before a request needs them. */
@ApplicationScoped
class AcmeSettings implements StartupCheck {
  private static final Logger LOG = Logger.getLogger(AcmeSettings.class);
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@:,<>]+@[^\\s@:,<>]+");

  private final AcmeConfig config;

  AcmeSettings(AcmeConfig config) {
    this.config = config;
  }

  @Override
  public List<String> wrong() {
    return check(config, LOG::warn);
  }

  /**
   * What is wrong with the settings.
   *
   * @param warnings gets what is missing
   */
  static List<String> check(AcmeConfig config, Consumer<String> warnings) {
    List<String> wrong = new ArrayList<>();
    config
        .defaultCa()
        .filter(name -> !config.ca().containsKey(name))
        .ifPresent(
            name ->
                wrong.add(
                    "POLYCERT_ACME_DEFAULT_CA: there is no CA '%s'; there are: %s"
                        .formatted(name, String.join(", ", new TreeSet<>(config.ca().keySet())))));
    new TreeMap<>(config.ca())
        .forEach(
            (name, ca) -> {
              if (!ca.contact().map(it -> ADDRESS.matcher(it).matches()).orElse(true)) {
                wrong.add(
                    Authority.variable(name, "contact")
                        + " is no e-mail address, as in pki@example.com");
              }
              if (!isAddress(ca.directory())) {
                wrong.add(
                    Authority.variable(name, "directory")
                        + " must be the https address of the CA's directory, not "
                        + ca.directory());
              }
              ExternalAccount.of(name, ca)
                  .filter(external -> ca.eabHmac().isPresent())
                  .ifPresent(external -> wrong.addAll(StartupCheck.of(external::hmac)));
              ca.trust()
                  .ifPresent(
                      file -> wrong.addAll(StartupCheck.of(() -> TrustedRoots.require(file))));
              missing(name, ca)
                  .ifPresent(
                      variable ->
                          warnings.accept(
                              "set %s in the environment, so that the CA %s can be applied at"
                                  .formatted(variable, name)));
            });
    return wrong;
  }

  private static boolean isAddress(URI directory) {
    return List.of("https", "http").contains(String.valueOf(directory.getScheme()))
        && directory.getHost() != null;
  }

  /** The variable that is missing to configure a CA completely. */
  static Optional<String> missing(String name, AcmeConfig.Ca ca) {
    return ca.eabKeyId().isPresent() == ca.eabHmac().isPresent()
        ? Optional.empty()
        : Optional.of(
            Authority.variable(name, ca.eabKeyId().isPresent() ? "eab-hmac" : "eab-key-id"));
  }
}
