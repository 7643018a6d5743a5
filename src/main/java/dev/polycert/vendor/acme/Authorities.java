package dev.polycert.vendor.acme;

import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HttpConfig;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.vault.Vault;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configured CAs, and which of them an application is for. */
@ApplicationScoped
class Authorities {
  private static final String MOVE =
      "; to renew elsewhere, apply again with one of them as option ca and \"reissue\": true";

  private final Map<String, Authority> byName = new TreeMap<>();
  private final Optional<String> preset;

  Authorities(
      AcmeConfig config,
      ProviderConfig providers,
      HttpConfig http,
      Vault vault,
      Callers callers,
      Clock clock) {
    ProviderConfig.Settings common = providers.of(AcmeDescriptor.ID);
    config
        .ca()
        .forEach(
            (name, settings) -> {
              CaServer server = new CaServer(settings, http, clock);
              String scope = common.account() + "/" + name;
              Caller caller =
                  callers.of(
                      AcmeDescriptor.SERVICE,
                      new ServiceSettings(Optional.empty(), Optional.of(scope), common.limits()));
              AcmeCalls calls =
                  new AcmeCalls(
                      AcmeDescriptor.ID + "/" + scope, caller, server, config.concurrency(), clock);
              String place =
                  "acme/account/%s/%s/%s".formatted(common.account(), name, settings.directory());
              byName.put(
                  name,
                  new Authority(
                      name,
                      settings,
                      server,
                      calls,
                      new CaAccounts(name, place, settings, calls, vault, clock)));
            });
    preset = config.defaultCa().or(() -> byName.size() == 1 ? first(byName) : Optional.empty());
  }

  private static Optional<String> first(Map<String, Authority> authorities) {
    return authorities.keySet().stream().findFirst();
  }

  /** The variables that are missing; empty as soon as one CA is configured completely. */
  List<String> missing() {
    if (byName.isEmpty()) {
      return List.of(AcmeDescriptor.DIRECTORY);
    }
    List<Optional<String>> missing =
        byName.values().stream().map(ca -> AcmeSettings.missing(ca.name(), ca.settings())).toList();
    return missing.contains(Optional.<String>empty())
        ? List.of()
        : missing.stream().flatMap(Optional::stream).toList();
  }

  /**
   * The CA that has the order, or will get it.
   *
   * @throws Ended when the request names none that is configured
   */
  Authority of(Application application) throws Ended {
    Reference reference = application.reference();
    String name = reference == null ? null : reference.id(AcmeOptions.CA);
    if (name != null && !byName.containsKey(name)) {
      throw new Ended(
          new VendorError(
              ErrorClass.CREDENTIALS,
              BadSetting.CODE,
              "the order is at the CA %s, which is not configured any more: set %s to ask about it"
                  .formatted(name, Authority.variable(name, "directory"))));
    }
    if (name == null) {
      name = application.plan().get(AcmeOptions.CA);
    }
    return named(
        name == null ? application.option(AcmeOptions.CA) : name, application.renewalOf() != null);
  }

  private Authority named(@Nullable String name, boolean renews) throws Ended {
    String wanted = name == null ? preset.orElse("") : name;
    Authority chosen = byName.get(wanted);
    if (chosen == null) {
      String configured = String.join(", ", byName.keySet());
      throw AcmeOptions.invalid(
          AcmeOptions.CA,
          name == null
              ? "needed, because there are several CAs and no default: " + configured
              : "'%s' is none of the configured CAs: %s%s"
                  .formatted(name, configured, renews ? MOVE : ""));
    }
    Optional<String> missing = AcmeSettings.missing(chosen.name(), chosen.settings());
    if (missing.isPresent()) {
      throw new Ended(
          new VendorError(
              ErrorClass.CREDENTIALS,
              BadSetting.CODE,
              "the CA %s needs %s".formatted(chosen.name(), missing.get())));
    }
    return chosen;
  }

  @PreDestroy
  void close() {
    byName.values().forEach(ca -> ca.server().close());
  }
}
