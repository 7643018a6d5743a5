package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import dev.polycert.provider.DeliveryTarget;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an issued certificate to one target.
 *
 * @param target where to
 * @param place the target's name for the certificate, once delivered; until then the name of the
 *     certificate that it replaces
 * @param fingerprint SHA-256 of the certificate that was brought to the place, in lower-case hex;
 *     null when none was, or when the place was taken over from another target
 * @param sent those of the last certificates that were sent there, whatever the answers: each may
 *     be there still
 * @param attempts how often it was tried since it was due
 * @param error why the last try failed
 * @param at when it was last tried
 * @param progress what its last step left; null when no step left anything
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    DeliveryTarget target,
    State state,
    @Nullable String place,
    @Nullable String fingerprint,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sent,
    int attempts,
    @Nullable VendorError error,
    Instant at,
    @Nullable Progress progress) {

  /** So many certificates of one target are remembered. */
  private static final int MOST_SENT = 5;

  public Delivery {
    sent = List.copyOf(sent.subList(Math.max(0, sent.size() - MOST_SENT), sent.size()));
  }

  /** How far it is. */
  public enum State {
    /** Waits for the certificate, or for the next try. */
    WAITING,
    DELIVERED,
    /** Refused for good: it is not tried again before there is another certificate. */
    REFUSED,
    /**
     * Dropped before it was done, because a later order delivers its certificate to this target.
     */
    SUPERSEDED
  }

  /**
   * The state that one step of a delivery leaves for the next.
   *
   * @param state for the deliverer's next step, and for people
   * @param since when the first step left something
   * @param again when the next step is worth taking; null once a step has failed since, so that the
   *     pause after failures counts
   * @param over whether it comes from an earlier delivery to the same target that was never
   *     completed
   */
  public record Progress(
      Map<String, String> state, Instant since, @Nullable Instant again, boolean over) {

    public Progress {
      state = Collections.unmodifiableMap(new TreeMap<>(state));
    }

    private Progress paused() {
      return new Progress(state, since, null, over);
    }

    private Progress ended() {
      return new Progress(state, since, null, true);
    }
  }

  /** A delivery to be done anew, in place of an earlier one where there was one. */
  public static Delivery waiting(DeliveryTarget target, @Nullable String place, Instant now) {
    return new Delivery(target, State.WAITING, place, null, List.of(), 0, null, now, null);
  }

  /** A target's name for the certificate that is there; null when none is. */
  public static @Nullable String place(List<Delivery> deliveries, DeliveryTarget target) {
    return to(target, deliveries).map(Delivery::place).orElse(null);
  }

  /** The delivery to a target. */
  public static Optional<Delivery> to(DeliveryTarget target, List<Delivery> deliveries) {
    return deliveries.stream().filter(delivery -> delivery.target.equals(target)).findFirst();
  }

  /** The same, to be done anew. */
  public Delivery anew(Instant now) {
    Progress left = progress == null ? null : progress.ended();
    return new Delivery(target, State.WAITING, place, fingerprint, sent, 0, null, now, left);
  }

  /** A delivery to another target, which is at the place of this one and goes on from there. */
  public Delivery takenOver(DeliveryTarget other, Instant now) {
    Progress left = progress == null ? null : progress.ended();
    return new Delivery(other, State.WAITING, place, null, List.of(), 0, null, now, left);
  }

  /**
   * The same, in place of the delivery to its target of the order before, which may have ended only
   * after this order was made.
   */
  public Delivery after(Delivery before) {
    boolean later = place == null || before.at.isAfter(at);
    Progress left = before.progress == null ? null : before.progress.ended();
    // The order before may have finished since this order was made.
    boolean overtaken = progress == null || (progress.over && before.at.isAfter(at));
    boolean takesOver = later && before.place != null;
    return new Delivery(
        target,
        state,
        takesOver ? before.place : place,
        takesOver ? before.fingerprint : fingerprint,
        Stream.concat(before.sent.stream(), sent.stream()).distinct().toList(),
        attempts,
        error,
        at,
        overtaken ? left : progress);
  }

  /** What the step before left; empty for the first step. */
  public Map<String, String> stepBefore() {
    return progress == null || progress.over ? Map.of() : progress.state;
  }

  /** The state that an earlier, uncompleted delivery left; empty when there is none. */
  public Map<String, String> unfinished() {
    return progress == null || !progress.over ? Map.of() : progress.state;
  }

  /** The same, with this certificate on its way. */
  public Delivery sending(String what) {
    List<String> all = Stream.concat(sent.stream(), Stream.of(what)).distinct().toList();
    return new Delivery(target, state, place, fingerprint, all, attempts, error, at, progress);
  }

  /**
   * The same, done.
   *
   * @param what the fingerprint of the certificate; null when it has none
   */
  public Delivery delivered(String where, @Nullable String what, Instant now) {
    return new Delivery(target, State.DELIVERED, where, what, sent, attempts + 1, null, now, null);
  }

  /** The same, after a step that was not the last. */
  public Delivery underWay(Map<String, String> left, Instant again, Instant now) {
    Progress next = new Progress(left, since(now), again, false);
    return new Delivery(target, State.WAITING, place, fingerprint, sent, 0, null, now, next);
  }

  /** The same, after it took more steps than are allowed. */
  public Delivery stuck(Map<String, String> left, VendorError why, Instant now) {
    Progress next = new Progress(left, since(now), null, false);
    return new Delivery(
        target, State.WAITING, place, fingerprint, sent, attempts + 1, why, now, next);
  }

  private Instant since(Instant now) {
    return progress == null || progress.over ? now : progress.since;
  }

  /** The same, but dropped if it waits and a later order's certificate goes to its target. */
  public Delivery followedBy(Order later) {
    boolean theirs =
        state == State.WAITING
            && later.deliveries().stream().anyMatch(their -> their.target.equals(target));
    return theirs
        ? new Delivery(
            target, State.SUPERSEDED, place, fingerprint, sent, attempts, null, at, progress)
        : this;
  }

  /** The same, after a try that did not work. */
  public Delivery failed(VendorError why, Instant now) {
    return tried(State.WAITING, why, now);
  }

  /** The same, which would be refused however often it is tried. */
  public Delivery refused(VendorError why, Instant now) {
    return tried(State.REFUSED, why, now);
  }

  private Delivery tried(State end, VendorError why, Instant now) {
    Progress left = progress == null ? null : progress.paused();
    return new Delivery(target, end, place, fingerprint, sent, attempts + 1, why, now, left);
  }

  /** The same, where the target says of itself that it serves at other hosts. */
  public Delivery at(DeliveryTarget same) {
    return new Delivery(same, state, place, fingerprint, sent, attempts, error, at, progress);
  }

  /** The same, with the time of the record that contains it. */
  public Delivery triedAt(Instant recorded) {
    return new Delivery(
        target, state, place, fingerprint, sent, attempts, error, recorded, progress);
  }

  /** When the next try or step is worth taking. */
  public Instant again() {
    return progress == null || progress.again == null ? Upkeep.again(attempts, at) : progress.again;
  }
}
