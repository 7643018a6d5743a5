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
  private final KeySource keys;

  Client(Service service, Caller caller, Supplier<A> api, KeySource keys) {
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
    return with(
        hiding -> caller.read(operation, context, () -> call.apply(api.get()), hiding), decoder);
  }

  /** Calls an operation that changes something. */
  public <T> Uni<Answer<T>> write(
      String operation, WriteContext context, Function<A, Uni<Response>> call, Decoder<T> decoder) {
    return with(
        hiding -> caller.write(operation, context, () -> call.apply(api.get()), hiding), decoder);
  }

  /**
   * Makes a call. If the service refuses the keys and other keys are available, repeats it with
   * those.
   */
  private <T> Uni<Answer<T>> with(Function<Decoder<T>, Uni<Answer<T>>> call, Decoder<T> decoder) {
    if (!service.account().configured()) {
      return service.account().<T>unconfigured().now();
    }
    Decoder<T> hiding = answer -> decoder.decode(keys.hidden().in(answer));
    return Answer.then(
        keys.ready(),
        ready ->
            call.apply(hiding)
                .flatMap(
                    answer ->
                        answer instanceof Answer.Failed<T>(Failure failure)
                                && failure.isRefused(ErrorClass.CREDENTIALS)
                            ? keys.replaced(ready.value())
                                .flatMap(other -> other ? call.apply(hiding) : answer.now())
                            : answer.now()));
  }
}
