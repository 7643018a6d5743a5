package dev.polycert.function.read;

import dev.polycert.call.NamedAccount;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.ServedHosts;
import dev.polycert.provider.Capability;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the targets that certificates are delivered to. */
public final class DeliverReader {
  private static final int MAX_TARGETS = 10;

  /** The most bytes of an option. */
  private static final int LONGEST = 1024;

  private static final String MEMBER = "deliver";

  private static final String SERVES = "serves";

  private static final DomainName SOME = DomainName.parse("www.example.com");

  private final Fields fields;
  private final Catalog catalog;
  private final List<DomainName> domains;
  private final int certificatesEach;

  /** Whether stand-ins replace the domains of the orders, because these are not read yet. */
  private final boolean ofOrders;

  private final List<String> notes = new ArrayList<>();

  /**
   * @param certificatesEach how many certificates the request may get for each domain
   */
  public DeliverReader(
      Fields fields, Catalog catalog, Collection<DomainName> domains, int certificatesEach) {
    this(fields, catalog, List.copyOf(domains), certificatesEach, false);
  }

  private DeliverReader(
      Fields fields,
      Catalog catalog,
      List<DomainName> domains,
      int certificatesEach,
      boolean ofOrders) {
    this.fields = fields;
    this.catalog = catalog;
    this.domains = domains;
    this.certificatesEach = certificatesEach;
    this.ofOrders = ofOrders;
  }

  /**
   * Reads targets of orders that are there. What depends on their domains is checked later.
   *
   * @param count of the orders
   */
  public static DeliverReader ofOrders(Fields fields, Catalog catalog, int count) {
    return new DeliverReader(fields, catalog, Collections.nCopies(count, SOME), 1, true);
  }

  /** Reads the targets; reports those that certificates of these providers cannot go to. */
  public List<DeliveryTarget> read(List<String> providers, Information information) {
    List<DeliveryTarget> targets = new ArrayList<>();
    for (Fields target : fields.objects(MEMBER, MAX_TARGETS)) {
      target(target, targets);
    }
    if (!targets.isEmpty()) {
      requireKeys(providers, information);
    }
    return targets;
  }

  /**
   * Reads targets that are to be there no longer, each by its deliverer and any of its options. The
   * values are not checked, nor the account: a deliverer may have lost its settings since.
   */
  public List<DeliveryTarget> readRemoved(String member) {
    List<DeliveryTarget> targets = new ArrayList<>();
    for (Fields given : fields.objects(member, MAX_TARGETS)) {
      String to = given.text("to");
      if (to == null && !given.has("to")) {
        given.error("to", "is missing; the deliverer of the targets that are to go");
      }
      Deliverer deliverer = to == null ? null : removable(given, to);
      Map<String, String> options = new HashMap<>();
      for (String name : given.names()) {
        if (name.equals(SERVES)) {
          given.error(
              name,
              "cannot choose a target; to change the hosts, give the target in deliver with other"
                  + " serves");
          continue;
        }
        String value = name.equals("to") ? null : given.scalar(name, LONGEST);
        if (value != null && deliverer != null) {
          requireKnown(given, name, deliverer);
          options.put(name, value);
        }
      }
      if (to != null) {
        targets.add(new DeliveryTarget(to, options));
      }
    }
    return targets;
  }

  private @Nullable Deliverer removable(Fields given, String to) {
    Map<String, Deliverer> known = catalog.deliverers();
    Deliverer deliverer = known.get(NamedAccount.service(to));
    if (deliverer == null) {
      given.error("to", "unknown " + Fields.quote(to) + "; " + Nearest.hint(to, known.keySet()));
    }
    return deliverer;
  }

  private void target(Fields given, List<DeliveryTarget> targets) {
    String to = given.text("to");
    Map<String, Deliverer> known = catalog.deliverers();
    List<String> names = new ArrayList<>(given.names());
    names.removeAll(List.of("to", SERVES));
    List<String> serves = ServedHostsReader.serves(given);
    if (to == null && given.has("to")) {
      return;
    }
    Deliverer deliverer = to == null ? null : known.get(NamedAccount.withoutDefault(to));
    if (to == null || deliverer == null) {
      given.error(
          "to",
          to == null
              ? "is missing; one of " + String.join(", ", known.keySet())
              : "unknown " + Fields.quote(to) + "; " + Nearest.hint(to, known.keySet()));
      return;
    }
    requireConfigured(given, to);
    Map<String, String> options = new HashMap<>();
    for (String name : names) {
      String value = requireKnown(given, name, deliverer) ? given.scalar(name, LONGEST) : null;
      if (value != null) {
        options.put(name, value);
      }
    }
    DeliveryTarget target = new DeliveryTarget(to, options, serves);
    Map<String, String> wrong = new TreeMap<>();
    domains.forEach(
        domain -> wrong.putAll(catalog.wrong(target.withTo(meant(to, domain)), domain)));
    requireRoom(deliverer, target, wrong);
    wrong.forEach(given::error);
    requireOwnPlace(given, target, targets);
    requireHosts(given, serves, targets);
    noteRepeated(target, targets);
    targets.add(target);
  }

  /** Targets that were given before, perhaps in another spelling, each by its path. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void noteRepeated(DeliveryTarget target, List<DeliveryTarget> before) {
    for (int i = 0; i < before.size(); i++) {
      DeliveryTarget other = before.get(i);
      if (domains.stream().allMatch(domain -> same(target, other, domain))) {
        notes.add(
            "%s[%d] is the same target as %s[%d]".formatted(MEMBER, before.size(), MEMBER, i));
        return;
      }
    }
  }

  private boolean same(DeliveryTarget one, DeliveryTarget other, DomainName domain) {
    return one.withTo(meant(one.to(), domain)).equals(other.withTo(meant(other.to(), domain)));
  }

  private void requireHosts(
      Fields given, @Nullable List<String> serves, List<DeliveryTarget> before) {
    if (serves == null) {
      return;
    }
    if (domains.stream().allMatch(DomainName::wildcard)
        && serves.stream().anyMatch(host -> host.contains(DeliveryTarget.DOMAIN))) {
      given.error(
          SERVES,
          "%s stands for a wildcard, which is no host; name hosts that it covers"
              .formatted(DeliveryTarget.DOMAIN));
    }
    int hosts = ServedHosts.named(before) + serves.size();
    if (hosts > ServedHosts.MOST) {
      given.error(
          SERVES,
          "%d hosts with those of the targets before; Polycert looks at %d of an order at most"
              .formatted(hosts, ServedHosts.MOST));
    }
  }

  /** What one of two targets brings would be replaced by what the other one brings. */
  private void requireOwnPlace(Fields given, DeliveryTarget target, List<DeliveryTarget> before) {
    before.stream()
        .filter(other -> !other.equals(target))
        .filter(other -> domains.stream().anyMatch(domain -> collide(other, target, domain)))
        .findFirst()
        .ifPresent(
            other ->
                given.error(
                    "to",
                    "is the same place as %s[%d], which has room for one certificate in one form"
                        .formatted(MEMBER, before.indexOf(other))));
  }

  private boolean collide(DeliveryTarget one, DeliveryTarget other, DomainName domain) {
    return catalog.collide(
        one.withTo(meant(one.to(), domain)), other.withTo(meant(other.to(), domain)), domain);
  }

  private String meant(String to, DomainName domain) {
    return ofOrders ? NamedAccount.withoutDefault(to) : catalog.delivererFor(domain, to);
  }

  /** Each domain may have another account; the accounts of orders' domains are checked later. */
  private void requireConfigured(Fields given, String to) {
    if (ofOrders && catalog.deliversAtSomeAccount(to)) {
      return;
    }
    domains.stream()
        .map(domain -> meant(to, domain))
        .distinct()
        .map(id -> Objects.requireNonNull(catalog.deliverers().get(id)))
        .filter(deliverer -> !deliverer.missing().isEmpty())
        .forEach(
            deliverer ->
                given.error(
                    "to", deliverer.id() + " needs " + String.join(", ", deliverer.missing())));
  }

  /** Two certificates in one place would overwrite each other at every renewal. */
  private void requireRoom(Deliverer deliverer, DeliveryTarget target, Map<String, String> wrong) {
    deliverer
        .place()
        .ifPresent(
            option -> {
              boolean forEach =
                  target.options().getOrDefault(option, "").contains(DeliveryTarget.DOMAIN);
              if (domains.size() > 1 && !forEach) {
                wrong.putIfAbsent(
                    option,
                    "names one place for the certificates of %d domains; put %s into it"
                        .formatted(domains.size(), DeliveryTarget.DOMAIN));
              } else if (certificatesEach > 1) {
                wrong.putIfAbsent(
                    option,
                    "names one place for the certificates of %d providers; ask each by a request of its own, or one of them by strategy FIRST"
                        .formatted(certificatesEach));
              }
            });
  }

  private static boolean requireKnown(Fields given, String name, Deliverer deliverer) {
    if (deliverer.service().descriptor().option(name).isPresent()) {
      return true;
    }
    Set<String> known = ProvidersReader.names(deliverer.service().descriptor());
    given.error(name, "unknown; " + Nearest.hint(name, known));
    return false;
  }

  private void requireKeys(List<String> providers, Information information) {
    if (information.csr() != null) {
      fields.error(MEMBER, "needs the private key, which stays with you when a csr is given");
    }
    List<String> capable = catalog.capableOf(Capability.EXPORT_KEY);
    List<String> without = providers.stream().filter(id -> !capable.contains(id)).toList();
    if (!without.isEmpty()) {
      fields.error(
          MEMBER,
          "the private keys of %s cannot be taken out; those of %s can"
              .formatted(String.join(", ", without), String.join(", ", capable)));
    }
  }
}
