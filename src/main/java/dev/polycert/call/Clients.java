package dev.polycert.call;

import com.google.common.base.Suppliers;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the {@link Client} of a service from its descriptor, its settings and the environment. All
 * clients are those of one account, also the ones that a bean makes after its construction.
 */
@PerAccount
public class Clients {
  private final Config config;
  private final RestClients restClients;
  private final Callers callers;
  private final MachineRoles roles;
  private final Optional<NamedAccount> account = NamedAccount.current();

  Clients(Config config, RestClients restClients, Callers callers, MachineRoles roles) {
    this.config = config;
    this.restClients = restClients;
    this.callers = callers;
    this.roles = roles;
  }

  /** Makes the filter that signs the requests of one account. */
  @FunctionalInterface
  public interface Signing {

    /**
     * Makes a filter.
     *
     * @param clock the time to sign by
     */
    ClientRequestFilter with(Credentials credentials, Clock clock);
  }

  /**
   * Makes a client. Its REST proxy is made when it is first used, because most services are never
   * called.
   *
   * @param defaults the settings of the default account
   * @param api an interface whose methods return {@code Uni<jakarta.ws.rs.core.Response>}
   */
  public <A> Client<A> client(
      Descriptor service, ServiceSettings defaults, Class<A> api, Signing signing) {
    ServiceSettings settings = defaults.of(account);
    URI vendors = Objects.requireNonNull(service.endpoint(), service.id());
    return client(
        service,
        settings,
        List.of(),
        signing,
        signer -> restClients.lazily(api, settings.endpoint(), vendors, signer));
  }

  /**
   * Makes the client of a service that operators run themselves and that has no vendor's address.
   *
   * @param defaults the settings of the default account
   * @param variable the environment variable of the address; without an address it is missing
   */
  public <A> Client<A> ownServer(
      Descriptor service,
      ServiceSettings defaults,
      String variable,
      Class<A> api,
      Signing signing) {
    ServiceSettings settings = defaults.of(account);
    return client(
        service,
        settings,
        settings.endpoint().isPresent()
            ? List.of()
            : List.of(NamedAccount.making(account, () -> NamedAccount.endpointVariable(variable))),
        signing,
        signer ->
            Suppliers.memoize(
                () -> restClients.build(api, settings.endpoint().orElseThrow(), signer.get())));
  }

  private <A> Client<A> client(
      Descriptor service,
      ServiceSettings settings,
      List<String> missing,
      Signing signing,
      Function<Supplier<ClientRequestFilter>, Supplier<A>> proxy) {
    Credentials credentials = NamedAccount.making(account, () -> Credentials.of(config, service));
    Account user =
        account(
            settings.account().orElse(service.id()),
            Stream.concat(missing.stream(), credentials.missing().stream()).toList());
    Caller caller = callers.of(service, settings);
    KeySource keys = roles.keys(credentials);
    return new Client<>(
        new Service(service, user),
        caller,
        proxy.apply(() -> request -> signing.with(keys.current(), caller.clock()).filter(request)),
        keys);
  }

  private Account account(String own, List<String> missing) {
    return NamedAccount.making(account, () -> Account.current(own, missing));
  }

  /** A service as the account uses it, where a client is made for each of its regions. */
  public Service service(Descriptor service) {
    Credentials credentials = NamedAccount.making(account, () -> Credentials.of(config, service));
    return new Service(service, account(service.id(), credentials.missing()));
  }

  /** Signs with a bearer token (RFC 6750, section 2.1). */
  public static ClientRequestFilter bearer(Credentials credentials, Clock clock) {
    return request ->
        request.getHeaders().putSingle("Authorization", "Bearer " + credentials.secret());
  }
}
