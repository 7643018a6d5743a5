package dev.polycert.function.read;

import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.ServedHost;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.DeliveryTarget;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares a request with its caller's rights, and collects all members that go beyond them. */
public final class Limits {
  /**
   * How options end that name something which exists at the vendor already, to take it over: nobody
   * knows whose it is.
   */
  private static final Pattern REFERENCE =
      Pattern.compile("(?i).*(certificateId|certificateArn|instanceId)");

  private final Principal caller;

  /** Several checks may find the same. */
  private final Set<FieldError> errors = new LinkedHashSet<>();

  public Limits(Principal caller) {
    this.caller = caller;
  }

  /** Requires a scope beyond that of the route, for a member of the request. */
  public Limits scope(String member, Scope needed) {
    if (!caller.has(needed)) {
      error(member, "needs the scope " + needed.text() + ", which your key lacks");
    }
    return this;
  }

  /** Requires that the caller may name domains. */
  public Limits domains(String member, Collection<DomainName> domains) {
    for (DomainName domain : domains) {
      if (!caller.mayName(domain)) {
        error(member, domain.ascii() + " is not below " + suffixes());
      }
    }
    return this;
  }

  /**
   * Refuses domains whose present certificate has names of others as well.
   *
   * @param shared these domains
   */
  public Limits shared(String member, Collection<DomainName> shared) {
    shared.forEach(
        domain ->
            error(
                member, domain.ascii() + " has a certificate that is for names of others as well"));
    return this;
  }

  /** Requires that the caller may look at hosts: each must be one of its own names. */
  public Limits hosts(String member, Collection<ServedHost> hosts) {
    for (ServedHost host : hosts) {
      // A name before an address would let a caller look at any address.
      boolean free = caller.suffixes().isEmpty();
      if (!free && (host.address() != null || !caller.mayName(host.expected()))) {
        error(member, host + " is not a name below " + suffixes());
      }
    }
    return this;
  }

  /** Requires that the caller may use providers. */
  public Limits providers(String member, Collection<String> providers) {
    for (String provider : providers) {
      if (!caller.mayUse(provider)) {
        error(member, provider + " is none of " + accounts() + ": name those");
      }
    }
    return this;
  }

  /** Requires that options name nothing that is not the caller's own. */
  public Limits options(String member, Map<String, Map<String, String>> byProvider) {
    if (!caller.suffixes().isEmpty()) {
      byProvider.forEach((provider, options) -> named(member + "." + provider + ".", options));
    }
    return this;
  }

  private void named(String path, Map<String, String> options) {
    options.keySet().stream()
        .filter(name -> REFERENCE.matcher(name).matches())
        .forEach(
            name ->
                error(
                    path + name,
                    "names a certificate of the account, which may be one of names that are not"
                        + " below "
                        + suffixes()));
    String member = path + AlternativeNames.OPTION;
    try {
      // The suffix, which is within the limits, stands for the domain, which is compared elsewhere.
      domains(member, AlternativeNames.hosts(caller.suffixes().getFirst(), options));
    } catch (DomainName.InvalidNameException noName) {
      error(member, String.valueOf(noName.getMessage()));
    }
  }

  /** Requires that the caller may deliver to targets, and have their hosts looked at. */
  public Limits targets(String member, List<DeliveryTarget> targets) {
    if (!targets.isEmpty()) {
      scope(member, Scope.DELIVER);
    }
    for (DeliveryTarget target : targets) {
      // What is below a suffix for the suffix itself is so for all names below it.
      caller.suffixes().forEach(suffix -> hosts(member + ".serves", target.servesFor(suffix)));
    }
    return deliverers(member, targets.stream().map(DeliveryTarget::to).toList());
  }

  /**
   * Requires that the caller may use deliverers: those of a request, and those that they mean for a
   * domain, which may have an account of its own.
   */
  public Limits deliverers(String member, Collection<String> ids) {
    ids.stream()
        .distinct()
        .filter(id -> !caller.mayDeliverBy(NamedAccount.withoutDefault(id)))
        .forEach(id -> error(member, id + undeliverable()));
    return this;
  }

  private String undeliverable() {
    return caller.accounts().isEmpty()
        ? " can only be used with a key whose accounts name it, and yours has no accounts"
        : " is none of " + accounts();
  }

  /** Requires that the caller may put certificates into use at their own accounts. */
  public Limits deployments() {
    if (caller.limited() && caller.accounts().isEmpty()) {
      error("deployOptions", "a deployment reaches what the account has, and your key names none");
    }
    return this;
  }

  /** Requires a caller without limits, for a member that means all orders. */
  public Limits everything(String member) {
    if (caller.limited()) {
      error(member, "means all orders, and your key is limited to some");
    }
    return this;
  }

  /**
   * Ends the comparison.
   *
   * @throws Forbidden with everything that goes beyond
   */
  public void require() {
    if (!errors.isEmpty()) {
      throw Forbidden.of(List.copyOf(errors));
    }
  }

  private void error(String member, String why) {
    errors.add(new FieldError(member, why));
  }

  private String suffixes() {
    return caller.suffixes().stream()
        .map(DomainName::ascii)
        .collect(Collectors.joining(", ", "", ", to which your key is limited"));
  }

  private String accounts() {
    return String.join(", ", caller.accounts()) + ", to which your key is limited";
  }
}
