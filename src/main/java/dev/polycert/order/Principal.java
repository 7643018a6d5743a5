package dev.polycert.order;

import dev.polycert.call.VendorText;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caller on whose behalf work is done, and its rights.
 *
 * @param name as histories have it; null for the process itself, and for callers that show no key
 * @param suffixes the domains that it may name, with all names below them; empty for any
 * @param accounts the providers and deliverers that it may use, by their ids; empty for all
 */
public record Principal(
    @Nullable String name, Set<Scope> scopes, List<DomainName> suffixes, List<String> accounts) {

  /** The process itself, and callers that need no key. */
  public static final Principal PROCESS =
      new Principal(null, Set.of(Scope.ADMIN), List.of(), List.of());

  public Principal {
    name = VendorText.cleanOrNull(name);
    scopes = Set.copyOf(scopes);
    suffixes = List.copyOf(suffixes);
    accounts = List.copyOf(accounts);
  }

  /** A caller that may do everything. */
  public static Principal administrator(String name) {
    return new Principal(name, Set.of(Scope.ADMIN), List.of(), List.of());
  }

  /** Whether it has a scope; an administrator has them all. */
  public boolean has(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }

  /** Whether some domains or accounts are closed to it. */
  public boolean limited() {
    return !suffixes.isEmpty() || !accounts.isEmpty();
  }

  /** Whether it may ask something for a domain. */
  public boolean mayName(DomainName domain) {
    return suffixes.isEmpty()
        || suffixes.stream().anyMatch(suffix -> domain.isUnder(suffix.base()));
  }

  /**
   * Whether it may use a provider.
   *
   * @param provider with the account, where that is not the default one: {@code tencent-ssl@prod2}
   */
  public boolean mayUse(String provider) {
    return accounts.isEmpty() || accounts.contains(provider);
  }

  /**
   * Whether it may deliver by a deliverer. The places there have no domain by which they could be
   * told apart, so a limited caller needs the deliverer by name.
   */
  public boolean mayDeliverBy(String deliverer) {
    return !limited() || accounts.contains(deliverer);
  }

  /** Whether an order is its own: with all names of its certificate, and at its accounts. */
  public boolean owns(Order order) {
    return mayUse(order.provider())
        && (suffixes.isEmpty()
            || names(order).filter(names -> names.stream().allMatch(this::mayName)).isPresent());
  }

  /**
   * Whether a certificate or application at one of its accounts, which may have no order, is its
   * own. One with names that are unknown is not.
   */
  public boolean owns(Inventory.Item item) {
    if (suffixes.isEmpty()) {
      return true;
    }
    CertificateFacts facts = item.facts();
    List<String> names =
        Stream.of(item.names(), item.lost(), facts == null ? List.<String>of() : facts.names())
            .flatMap(List::stream)
            .toList();
    try {
      return names(AlternativeNames.hosts(DomainName.parse(item.domain()), item.options()), names)
          .allMatch(this::mayName);
    } catch (DomainName.InvalidNameException noName) {
      return false;
    }
  }

  /** The requested names and those of the certificate; empty when one of them is no domain. */
  private static Optional<List<DomainName>> names(Order order) {
    CertificateFacts facts = order.certificate();
    try {
      Set<DomainName> asked = AlternativeNames.hosts(order.domain(), order.terms().options());
      return Optional.of(names(asked, facts == null ? List.of() : facts.names()).toList());
    } catch (DomainName.InvalidNameException noName) {
      return Optional.empty();
    }
  }

  /**
   * For a name that begins with www, vendors add the name above; that one does not count, because
   * the request did not name it.
   */
  private static Stream<DomainName> names(Set<DomainName> asked, List<String> issued) {
    return Stream.concat(
        asked.stream(),
        issued.stream()
            .map(DomainName::ofHost)
            .filter(name -> asked.stream().noneMatch(it -> isWww(it, name))));
  }

  private static boolean isWww(DomainName asked, DomainName above) {
    return asked.ascii().equals("www." + above.ascii());
  }
}
