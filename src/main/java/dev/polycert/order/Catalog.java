package dev.polycert.order;

import dev.polycert.call.Account;
import dev.polycert.call.Descriptor;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.NamedAccounts;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.Zones;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The providers and deliverers of this build: what a request can ask for. */
@ApplicationScoped
public class Catalog {
  private final Map<String, CertificateProvider> byId = new LinkedHashMap<>();
  private final Map<String, Deliverer> deliverers = new TreeMap<>();
  private final Zones zones;
  private final DomainAccounts domainAccounts;
  private final DomainAccounts deliveryAccounts;

  Catalog(
      @All List<CertificateProvider> providers,
      @All List<Deliverer> deliverers,
      Zones zones,
      NamedAccounts accounts) {
    this.zones = zones;
    Stream.concat(deliverers.stream(), accounts.instances(Deliverer.class).stream())
        .forEach(deliverer -> this.deliverers.put(deliverer.id(), deliverer));
    Stream.concat(providers.stream(), accounts.instances(CertificateProvider.class).stream())
        .sorted(Comparator.comparing(provider -> provider.descriptor().id()))
        .forEach(provider -> byId.put(provider.descriptor().id(), provider));
    domainAccounts = new DomainAccounts(accounts.all(), byId.keySet());
    deliveryAccounts = new DomainAccounts(accounts.all(), this.deliverers.keySet());
  }

  /**
   * The provider at the account that is configured for a domain; the provider itself where there is
   * no such account.
   *
   * @param provider an id without an account
   */
  public String atAccountOf(DomainName domain, String provider) {
    return domainAccounts.of(provider, domain);
  }

  /**
   * The deliverer that a target means for a domain: the one of the named account, or of the account
   * that is configured for the domain.
   *
   * @param to as a request has it, {@code tencent-ssl@default} too
   */
  public String delivererFor(DomainName domain, String to) {
    return NamedAccount.account(to).isPresent()
        ? NamedAccount.withoutDefault(to)
        : deliveryAccounts.of(to, domain);
  }

  /** Whether a deliverer has what it needs at the account of some domain. */
  public boolean deliversAtSomeAccount(String to) {
    return deliverers.values().stream()
        .filter(deliverer -> NamedAccount.service(deliverer.id()).equals(to))
        .anyMatch(deliverer -> deliverer.missing().isEmpty());
  }

  /** The targets of a request as they are for one domain. */
  public List<DeliveryTarget> targetsFor(DomainName domain, List<DeliveryTarget> targets) {
    return targets.stream().map(it -> it.withTo(delivererFor(domain, it.to()))).toList();
  }

  /** The deliverers that targets mean for some of these domains. */
  public Set<String> deliverersFor(
      Collection<DomainName> domains, Collection<DeliveryTarget> targets) {
    return targets.stream()
        .map(DeliveryTarget::to)
        .distinct()
        .flatMap(to -> domains.stream().map(domain -> delivererFor(domain, to)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The ids of a provider at all its accounts, with credentials or without. */
  public List<String> accountsOf(String provider) {
    return byId.keySet().stream().filter(id -> NamedAccount.service(id).equals(provider)).toList();
  }

  /** The ids of all providers, configured or not, sorted. */
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /** The ids of the providers with credentials. */
  public List<String> configured() {
    return byId.values().stream()
        .filter(provider -> provider.account().configured())
        .map(provider -> provider.descriptor().id())
        .toList();
  }

  /** What is wrong with the settings of providers, writers and deliverers, by their names. */
  public List<String> wrongSettings() {
    return Stream.of(
            byId.values().stream().map(CertificateProvider::wrongSettings),
            Stream.of(zones.wrongSettings()),
            deliverers.values().stream().map(Deliverer::wrongSettings))
        .flatMap(lists -> lists.flatMap(List::stream))
        .distinct()
        .toList();
  }

  /** Whether a zone is configured that cannot be written yet, because its writer lacks a key. */
  public boolean lacksWriterKeys() {
    return !zones.lacks().isEmpty();
  }

  /** The account of a provider of this build. */
  public Optional<Account> account(String id) {
    return Optional.ofNullable(byId.get(id)).map(CertificateProvider::account);
  }

  /** Whether some provider could be used if that environment variable were set. */
  public boolean lackingOnly(String variable) {
    return byId.values().stream()
        .anyMatch(provider -> provider.account().missing().equals(List.of(variable)));
  }

  public Optional<Descriptor> descriptor(String id) {
    return Optional.ofNullable(byId.get(id)).map(CertificateProvider::descriptor);
  }

  /** What a provider of this build takes and returns. */
  public Optional<Offer> offer(String id) {
    return Optional.ofNullable(byId.get(id)).map(CertificateProvider::offer);
  }

  /**
   * Whether a request may ask for this validation. Polycert can publish every validation that is a
   * DNS record, provided that a DNS writer has its zone.
   */
  public boolean offers(Offer offer, ValidationMethod validation) {
    return offer.validations().contains(validation)
        || (validation == ValidationMethod.DNS_AUTO
            && offer.validations().contains(ValidationMethod.DNS)
            && zones.any());
  }

  /** The deliverers, by id. */
  public Map<String, Deliverer> deliverers() {
    return Collections.unmodifiableMap(deliverers);
  }

  /** Why a certificate with other terms may not fit the targets of an order. */
  public List<String> warnings(Order order, Terms after) {
    return order.deliveries().stream()
        .filter(delivery -> delivery.place() != null)
        .map(delivery -> deliverers.get(delivery.target().to()))
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(deliverer -> deliverer.warning(order.terms(), after).stream())
        .toList();
  }

  /** The options of a deployment at a provider of this build, name to meaning. */
  public Map<String, String> deployOptions(String id) {
    return require(id).deployOptions();
  }

  /** The ids of the providers that can do something. */
  public List<String> capableOf(Capability capability) {
    return byId.values().stream()
        .filter(provider -> provider.offer().capabilities().contains(capability))
        .map(provider -> provider.descriptor().id())
        .toList();
  }

  /** Why a provider cannot do something, naming those that can; empty when it can. */
  public Optional<String> incapable(String id, Capability capability) {
    if (ofOrder(id) instanceof AbsentProvider absent) {
      return Optional.of(absent.reason() + ".");
    }
    List<String> capable = capableOf(capability);
    return capable.contains(id)
        ? Optional.empty()
        : Optional.of(
            "%s does not offer %s; it is offered by: %s."
                .formatted(
                    id, capability, capable.isEmpty() ? "none" : String.join(", ", capable)));
  }

  /**
   * Makes sure that a provider can do something.
   *
   * @throws OrderException.Conflict naming those that can, when it cannot
   */
  public void requireCapable(String id, Capability capability) {
    incapable(id, capability)
        .ifPresent(
            why -> {
              throw new OrderException.Conflict(why);
            });
  }

  /** The provider of an order; an {@link AbsentProvider} where this build does not contain it. */
  public CertificateProvider ofOrder(String id) {
    CertificateProvider provider = byId.get(id);
    return provider == null ? new AbsentProvider(id) : provider;
  }

  /** The provider of a request, which was checked against the ids that there are. */
  public CertificateProvider require(String id) {
    CertificateProvider provider = byId.get(id);
    if (provider == null) {
      throw new IllegalStateException("no provider " + id);
    }
    return provider;
  }

  /** The variables that a target needs and that are not set. */
  public List<String> missing(DeliveryTarget target) {
    Deliverer deliverer = deliverers.get(target.to());
    return deliverer == null ? List.of() : deliverer.missing();
  }

  /** What is wrong with a target for one domain, by option; empty when nothing is. */
  public Map<String, String> wrong(DeliveryTarget target, DomainName domain) {
    Deliverer deliverer = deliverers.get(target.to());
    return deliverer == null ? Map.of() : deliverer.wrong(target.optionsFor(domain), domain);
  }

  /**
   * Whether two targets are the same place, so that a delivery to one replaces what the other has.
   * The required options of a target, and its option that names one certificate, define the place.
   */
  public boolean samePlace(DeliveryTarget one, DeliveryTarget other) {
    Deliverer deliverer = deliverers.get(one.to());
    return deliverer != null
        && one.to().equals(other.to())
        && definePlace(deliverer)
            .allMatch(name -> Objects.equals(one.options().get(name), other.options().get(name)));
  }

  /**
   * Whether two targets for one domain are a place with room for one certificate, so that each
   * delivery to one would destroy what the other has.
   */
  public boolean collide(DeliveryTarget one, DeliveryTarget other, DomainName domain) {
    Deliverer deliverer = deliverers.get(one.to());
    if (deliverer == null || deliverer.place().isEmpty()) {
      return false;
    }
    DeliveryTarget filled = new DeliveryTarget(one.to(), one.optionsFor(domain));
    return definePlace(deliverer).anyMatch(filled.options()::containsKey)
        && samePlace(filled, new DeliveryTarget(other.to(), other.optionsFor(domain)));
  }

  private static Stream<String> definePlace(Deliverer deliverer) {
    Stream<String> required =
        deliverer.service().descriptor().options().stream()
            .filter(Descriptor.Option::required)
            .map(Descriptor.Option::name);
    return Stream.concat(required, deliverer.place().stream());
  }
}
