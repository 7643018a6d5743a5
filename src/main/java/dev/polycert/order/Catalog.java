package dev.polycert.order;

import dev.polycert.provider.Account;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Descriptor;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that there are, and which of them are configured. */
@ApplicationScoped
public class Catalog {
  private final Map<String, CertificateProvider> byId = new LinkedHashMap<>();

  Catalog(@All List<CertificateProvider> providers) {
    providers.stream()
        .sorted(Comparator.comparing(provider -> provider.descriptor().id()))
        .forEach(provider -> byId.put(provider.descriptor().id(), provider));
  }

  /** Every provider, configured or not, by id. */
  public List<Descriptor> descriptors() {
    return byId.values().stream().map(CertificateProvider::descriptor).toList();
  }

  /** The ids of the providers with credentials. */
  public List<String> configured() {
    return byId.values().stream()
        .filter(provider -> provider.account().configured())
        .map(provider -> provider.descriptor().id())
        .toList();
  }

  /** The account of a provider that there is. */
  public Optional<Account> account(String id) {
    return Optional.ofNullable(byId.get(id)).map(CertificateProvider::account);
  }

  public Optional<Descriptor> descriptor(String id) {
    return Optional.ofNullable(byId.get(id)).map(CertificateProvider::descriptor);
  }

  /** The options of a deployment at a provider that there is, name to meaning. */
  public Map<String, String> deployOptions(String id) {
    return require(id).deployOptions();
  }

  /** The ids of the providers that can do something. */
  public List<String> capableOf(Capability capability) {
    return descriptors().stream()
        .filter(descriptor -> descriptor.capabilities().contains(capability))
        .map(Descriptor::id)
        .toList();
  }

  /**
   * Holds that a provider can do something.
   *
   * @throws OrderException.Conflict naming those that can, when it cannot
   */
  void requireCapable(String id, Capability capability) {
    List<String> capable = capableOf(capability);
    if (!capable.contains(id)) {
      throw new OrderException.Conflict(
          "%s does not offer %s; it is offered by: %s."
              .formatted(id, capability, capable.isEmpty() ? "none" : String.join(", ", capable)));
    }
  }

  /** The provider of an order; that it is there was checked when the order was made. */
  CertificateProvider require(String id) {
    CertificateProvider provider = byId.get(id);
    if (provider == null) {
      throw new IllegalStateException("no provider " + id);
    }
    return provider;
  }
}
