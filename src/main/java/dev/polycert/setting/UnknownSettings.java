package dev.polycert.setting;

import dev.polycert.call.AccountConfig;
import dev.polycert.startup.StartupCheck;
import io.quarkus.arc.All;
import io.smallrye.config.EnvConfigSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * Names each variable of the environment that begins as ours do and that nothing reads, because it
 * is probably misspelt. One of an account, a writer or another thing that has a name stops the
 * start. In files, the mappings of the settings themselves reject what they do not know.
 */
@ApplicationScoped
class UnknownSettings implements StartupCheck {
  private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

  private static final String OURS = "POLYCERT_";

  /** Variables of the command {@code deploy/polycert}. */
  private static final Set<String> OF_COMMAND = Set.of("POLYCERT_URL", "POLYCERT_PAUSE");

  /** Kubernetes sets them in each pod for a Service with the name {@code polycert}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_SERVICE_(HOST|PORT(_.+)?)|.*_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");
  private static final Pattern OF_ACCOUNT = Pattern.compile("POLYCERT_ACCOUNT__([A-Z0-9]+)__.+");

  private final Config config;
  private final AccountConfig accounts;
  private final List<OtherSettings> others;

  UnknownSettings(Config config, AccountConfig accounts, @All List<OtherSettings> others) {
    this.config = config;
    this.accounts = accounts;
    this.others = List.copyOf(others);
  }

  @Override
  public List<String> wrong() {
    Map<String, String> environment = new TreeMap<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        source.getPropertyNames().stream()
            .filter(name -> name.startsWith(OURS))
            .forEach(name -> environment.put(name, String.valueOf(source.getValue(name))));
      }
    }
    List<String> read = others.stream().flatMap(it -> it.variables().stream()).toList();
    return report(environment, KnownSettings.with(read), accounts.byName().keySet(), LOG::warn);
  }

  /**
   * Finds the variables of an environment that nothing reads.
   *
   * @param known those that something reads
   * @param accounts the names of those that are configured
   * @param warnings gets the others
   * @return those of something that has a name
   */
  static List<String> report(
      Map<String, String> environment,
      KnownSettings known,
      Set<String> accounts,
      Consumer<String> warnings) {
    List<String> wrong = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (isOfOthers(name, value)) {
            return;
          }
          if (!known.has(name, it -> Optional.ofNullable(environment.get(it)))) {
            String unread =
                name
                    + " is set, but nothing reads it"
                    + known.nearest(name).map(it -> ": did you mean " + it + "?").orElse("");
            if (known.isOfFamily(name)) {
              wrong.add(unread);
            } else {
              warnings.accept(unread);
            }
          }
          Matcher account = OF_ACCOUNT.matcher(name);
          if (account.matches() && !accounts.contains(account.group(1).toLowerCase(Locale.ROOT))) {
            String vendor = "POLYCERT_ACCOUNT__" + account.group(1) + "__VENDOR";
            wrong.add(name + " is of an account without a vendor: set " + vendor);
          }
        });
    return wrong;
  }

  private static boolean isOfOthers(String name, String value) {
    return OF_COMMAND.contains(name)
        || SERVICE_LINK.matcher(name).matches()
        || SERVICE_ADDRESS.matcher(value).matches();
  }
}
