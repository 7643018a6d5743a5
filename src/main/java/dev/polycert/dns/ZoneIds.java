package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers a service's ids of the configured zones, of which there are few. */
public final class ZoneIds {
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final BiFunction<String, CallContext, Uni<Answer<Optional<String>>>> look;

  /**
   * @param look asks the service for the id of a zone that is not known yet
   */
  public ZoneIds(BiFunction<String, CallContext, Uni<Answer<Optional<String>>>> look) {
    this.look = look;
  }

  /**
   * Makes a call with the id of a zone.
   *
   * @param next the call; it is repeated when it is refused and the zone has another id by now
   */
  public <T> Uni<Answer<T>> with(
      String zone, CallContext context, Function<String, Uni<Answer<T>>> next) {
    String known = ids.get(zone);
    if (known != null) {
      return next.apply(known)
          .flatMap(
              answer ->
                  isFinal(answer)
                      ? again(zone, known, answer, context, next)
                      : Uni.createFrom().item(answer));
    }
    return fresh(zone, context, next);
  }

  private <T> Uni<Answer<T>> fresh(
      String zone, CallContext context, Function<String, Uni<Answer<T>>> next) {
    return Answer.then(
        look.apply(zone, context),
        found -> {
          if (found.value().isEmpty()) {
            return ZoneIds.<T>unknown(zone, found.requestId()).now();
          }
          String id = found.value().get();
          ids.put(zone, id);
          return next.apply(id);
        });
  }

  /** The zone may have been deleted and created again, with another id. */
  private <T> Uni<Answer<T>> again(
      String zone,
      String old,
      Answer<T> answer,
      CallContext context,
      Function<String, Uni<Answer<T>>> next) {
    ids.remove(zone, old);
    return fresh(
        zone, context, id -> id.equals(old) ? Uni.createFrom().item(answer) : next.apply(id));
  }

  private static boolean isFinal(Answer<?> answer) {
    return answer instanceof Answer.Failed<?>(Failure failure)
        && failure.isRefused(ErrorClass.FINAL);
  }

  private static <T> Answer<T> unknown(String zone, @Nullable String requestId) {
    return Answer.refused(
        new VendorError(
            ErrorClass.FINAL,
            "Dns.NoZone",
            "these credentials see no public zone " + zone,
            requestId,
            null));
  }
}
