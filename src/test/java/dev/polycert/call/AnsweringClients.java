package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Clients whose calls never reach a network: a test answers them. */
public final class AnsweringClients extends RestClients {
  private final Function<List<Object>, Response> vendor;

  /**
   * @param vendor gets the name of the method and its arguments, at least an empty one; a first
   *     argument, and bytes, as texts
   */
  public AnsweringClients(
      SmallRyeConfig config, Vertx vertx, Function<List<Object>, Response> vendor) {
    super(config.getConfigMapping(HttpConfig.class), vertx);
    this.vendor = vendor;
  }

  @Override
  public <T> T build(Class<T> api, URI endpoint, ClientRequestFilter signer, Peers peers) {
    return api.cast(
        Proxy.newProxyInstance(
            api.getClassLoader(),
            new Class<?>[] {api},
            (proxy, method, arguments) -> {
              List<Object> call = new ArrayList<>(List.of(method.getName()));
              for (Object argument : arguments == null ? new Object[] {""} : arguments) {
                call.add(
                    argument instanceof byte[] body
                        ? new String(body, UTF_8)
                        : call.size() == 1 ? String.valueOf(argument) : argument);
              }
              return Uni.createFrom().item(() -> vendor.apply(call));
            }));
  }
}
