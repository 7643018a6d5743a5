package dev.polycert.call;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes a service that Polycert calls: one that issues certificates, hosts zones or takes
 * deliveries. Requests are checked against it; the tables of the documentation, the list of
 * environment variables and the lists of the tests are made from it.
 *
 * @param id how requests and settings name it, {@code tencent-ssl}
 * @param title the vendor's name of the service
 * @param endpoint the address of its API unless another one is configured; null where it depends on
 *     more, such as a region, or where each operator runs a server of his own
 * @param variables the environment variables of its credentials
 * @param access for people: the rights that the credentials need, or their source where it is not a
 *     variable; empty where there is nothing to say
 * @param limits the documented rate limits, in calls per second by operation; {@code *} for all
 *     others
 * @param operations the operations that are called under the limits of a provider's settings, as
 *     limits name them; empty for a service that has no such settings
 * @param options what a request may set, sorted by name
 * @param propagation how long the servers of a DNS service may take to serve a new record; null for
 *     other services
 * @param role the role of a machine that can give keys in place of variables; null where there is
 *     none
 */
public record Descriptor(
    String id,
    String title,
    @Nullable URI endpoint,
    List<Variable> variables,
    String access,
    Map<String, Double> limits,
    Set<String> operations,
    List<Option> options,
    @Nullable Duration propagation,
    @Nullable MachineRole role) {

  public Descriptor {
    variables = List.copyOf(variables);
    limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    operations = Collections.unmodifiableSortedSet(new TreeSet<>(operations));
    options = options.stream().sorted((one, other) -> one.name().compareTo(other.name())).toList();
  }

  /** What an environment variable holds. */
  public enum Part {
    KEY_ID,
    SECRET,
    /** The session token of temporary credentials. */
    TOKEN,
    /** Another value that calls need. */
    OTHER
  }

  /**
   * An environment variable.
   *
   * @param required whether the service cannot be used without it
   * @param meaning for people; empty where the name says enough
   */
  public record Variable(String name, Part part, boolean required, String meaning) {}

  /**
   * An option.
   *
   * @param meaning for people
   */
  public record Option(String name, String meaning, boolean required) {}

  /** Describes a service without variables, limits and options; the other methods add them. */
  public static Descriptor of(String id, String title) {
    return new Descriptor(
        id, title, null, List.of(), "", Map.of(), Set.of(), List.of(), null, null);
  }

  /** The same under another title, for another use of the service. */
  public Descriptor titled(String other) {
    return new Descriptor(
        id, other, endpoint, variables, access, limits, operations, options, propagation, role);
  }

  /** The same with the address of its API. */
  public Descriptor at(String address) {
    return new Descriptor(
        id,
        title,
        URI.create(address),
        variables,
        access,
        limits,
        operations,
        options,
        propagation,
        role);
  }

  /** The same as a {@link NamedAccount} uses it. */
  Descriptor ofAccount(String name) {
    return NamedAccount.account(id).isPresent()
        ? this
        : new Descriptor(
            NamedAccount.qualified(id, name),
            title,
            endpoint,
            variables.stream()
                .map(
                    it ->
                        new Variable(
                            NamedAccount.variable(it.name(), name),
                            it.part(),
                            it.required(),
                            it.meaning()))
                .toList(),
            access,
            limits,
            operations,
            options,
            propagation,
            role);
  }

  /** The same with the variable of a key's id. */
  public Descriptor keyId(String name) {
    return variable(new Variable(name, Part.KEY_ID, true, ""));
  }

  /**
   * The same with the variable of a key's id, for a service that also takes keys from elsewhere.
   */
  public Descriptor optionalKeyId(String name, String meaning) {
    return variable(new Variable(name, Part.KEY_ID, false, meaning));
  }

  /** The same with the variable of a secret. */
  public Descriptor secret(String name) {
    return variable(new Variable(name, Part.SECRET, true, ""));
  }

  /** The same with the variable of a secret that only some of its servers ask for. */
  public Descriptor optionalSecret(String name, String meaning) {
    return variable(new Variable(name, Part.SECRET, false, meaning));
  }

  /** The same with the variable of a session token, which only temporary credentials have. */
  public Descriptor token(String name) {
    return variable(new Variable(name, Part.TOKEN, false, "temporary keys"));
  }

  /** The same with a role of the machine, whose variables it adds. */
  public Descriptor role(MachineRole other) {
    List<Variable> all = new ArrayList<>(variables);
    all.addAll(other.variables());
    return new Descriptor(
        id, title, endpoint, all, access, limits, operations, options, propagation, other);
  }

  /** The same with a variable of another kind. */
  public Descriptor variable(String name, boolean required, String meaning) {
    return variable(new Variable(name, Part.OTHER, required, meaning));
  }

  private Descriptor variable(Variable more) {
    List<Variable> all = new ArrayList<>(variables);
    all.add(more);
    return new Descriptor(
        id, title, endpoint, all, access, limits, operations, options, propagation, role);
  }

  /** The same with the rights that its credentials need. */
  public Descriptor access(String text) {
    return new Descriptor(
        id, title, endpoint, variables, text, limits, operations, options, propagation, role);
  }

  /** The same with a limit in calls per second. */
  public Descriptor limit(String operation, double perSecond) {
    Map<String, Double> all = new TreeMap<>(limits);
    all.put(operation, perSecond);
    return new Descriptor(
        id, title, endpoint, variables, access, all, operations, options, propagation, role);
  }

  /** The same with the operations that are called under the limits of a provider's settings. */
  public Descriptor operations(String... names) {
    return new Descriptor(
        id, title, endpoint, variables, access, limits, Set.of(names), options, propagation, role);
  }

  /** The same with an option that a request may set. */
  public Descriptor option(String name, String meaning) {
    return option(new Option(name, meaning, false));
  }

  /** The same with an option that a request must set. */
  public Descriptor required(String name, String meaning) {
    return option(new Option(name, meaning, true));
  }

  private Descriptor option(Option more) {
    List<Option> all = new ArrayList<>(options);
    all.add(more);
    return new Descriptor(
        id, title, endpoint, variables, access, limits, operations, all, propagation, role);
  }

  /** The same with the time that its name servers may take to serve a new record. */
  public Descriptor propagates(Duration time) {
    return new Descriptor(
        id, title, endpoint, variables, access, limits, operations, options, time, role);
  }

  /** The variable of that part, where it has one. */
  Optional<String> variable(Part part) {
    return variables.stream().filter(it -> it.part() == part).map(Variable::name).findFirst();
  }

  /** The variables without which it cannot be used. */
  public List<String> required() {
    return variables.stream().filter(Variable::required).map(Variable::name).toList();
  }

  /** The option of that name, where it takes one. */
  public Optional<Option> option(String name) {
    return options.stream().filter(option -> option.name().equals(name)).findFirst();
  }
}
