package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A service as one account uses it: its REST proxy, its caller and its keys. The keys are hidden in
 * every answer, in case the service repeats them.
 *
 * @param <A> the interface whose methods are the operations
 */
public final class Client<A> {
  private final Service service;
  private final Caller caller;
  private final Supplier<A> api;
  private final HiddenKeys keys;

  Client(Service service, Caller caller, Supplier<A> api, HiddenKeys keys) {
    this.service = service;
    this.caller = caller;
    this.api = api;
    this.keys = keys;
  }

  /** The service, and the account whose keys sign. */
  public Service service() {
    return service;
  }

  /** The clock to sign by. */
  public Clock clock() {
    return caller.clock();
  }

  /** Calls an operation that changes nothing, or nothing more when it is repeated. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Function<A, Uni<Response>> call, Decoder<T> decoder) {
    return service.account().configured()
        ? caller.read(operation, context, () -> call.apply(api.get()), keys.hiding(decoder))
        : service.account().<T>unconfigured().now();
  }

  /** Calls an operation that changes something. */
  public <T> Uni<Answer<T>> write(
      String operation, WriteContext context, Function<A, Uni<Response>> call, Decoder<T> decoder) {
    return service.account().configured()
        ? caller.write(operation, context, () -> call.apply(api.get()), keys.hiding(decoder))
        : service.account().<T>unconfigured().now();
  }
}
