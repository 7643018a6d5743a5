package dev.polycert.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Makes the {@link Client} of a service from its descriptor, its settings and the environment. */
@ApplicationScoped
public class Clients {
  private final Config config;
  private final RestClients restClients;
  private final Callers callers;

  Clients(Config config, RestClients restClients, Callers callers) {
    this.config = config;
    this.restClients = restClients;
    this.callers = callers;
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
   * @param api an interface whose methods return {@code Uni<jakarta.ws.rs.core.Response>}
   */
  public <A> Client<A> client(
      Descriptor service, ServiceSettings settings, Class<A> api, Signing signing) {
    Credentials credentials = Credentials.of(config, service);
    Account account = new Account(settings.account().orElse(service.id()), credentials.missing());
    Caller caller = callers.of(service, settings);
    Supplier<A> proxy =
        restClients.lazily(
            api,
            settings.endpoint(),
            Objects.requireNonNull(service.endpoint(), service.id()),
            () -> signing.with(credentials, caller.clock()));
    return new Client<>(new Service(service, account), caller, proxy, new HiddenKeys(credentials));
  }

  /** Signs with a bearer token (RFC 6750, section 2.1). */
  public static ClientRequestFilter bearer(Credentials credentials, Clock clock) {
    return request ->
        request.getHeaders().putSingle("Authorization", "Bearer " + credentials.secret());
  }
}
