package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import dev.polycert.provider.DeliveryTarget;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an issued certificate is on its way to one target.
 *
 * @param target where to
 * @param place the target's name for the certificate, once delivered; until then the name of the
 *     certificate before
 * @param attempts how often it was tried since it was due
 * @param error why it has not worked
 * @param at when it was last tried
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    DeliveryTarget target,
    State state,
    @Nullable String place,
    int attempts,
    @Nullable VendorError error,
    Instant at) {

  /** How far it is. */
  public enum State {
    /** To be done as soon as there is a certificate, or to be tried again. */
    WAITING,
    DELIVERED,
    /** Refused for good: it is not tried again before there is another certificate. */
    REFUSED,
    /** Dropped before it was done: the certificate of a later order goes there. */
    SUPERSEDED
  }

  /** A delivery to be done anew, in place of an earlier one where there was one. */
  public static Delivery waiting(DeliveryTarget target, @Nullable String place, Instant now) {
    return new Delivery(target, State.WAITING, place, 0, null, now);
  }

  /** A target's name for the certificate that is there; null when none is. */
  public static @Nullable String place(List<Delivery> deliveries, DeliveryTarget target) {
    return deliveries.stream()
        .filter(delivery -> delivery.target.equals(target))
        .map(Delivery::place)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The same, done. */
  public Delivery delivered(String where, Instant now) {
    return new Delivery(target, State.DELIVERED, where, attempts + 1, null, now);
  }

  /** The same, but dropped if it waits and a later order's certificate goes to its target. */
  public Delivery followedBy(Order later) {
    boolean theirs =
        state == State.WAITING
            && later.deliveries().stream().anyMatch(their -> their.target.equals(target));
    return theirs ? new Delivery(target, State.SUPERSEDED, place, attempts, null, at) : this;
  }

  /** The same, after a try that did not work. */
  public Delivery failed(VendorError why, Instant now) {
    return new Delivery(target, State.WAITING, place, attempts + 1, why, now);
  }

  /** The same, which would be refused however often it is tried. */
  public Delivery refused(VendorError why, Instant now) {
    return new Delivery(target, State.REFUSED, place, attempts + 1, why, now);
  }

  /** The same, where the target says of itself that it serves at other hosts. */
  public Delivery at(DeliveryTarget same) {
    return new Delivery(same, state, place, attempts, error, at);
  }

  /** The same, with the time of the record that contains it. */
  public Delivery triedAt(Instant recorded) {
    return new Delivery(target, state, place, attempts, error, recorded);
  }
}
