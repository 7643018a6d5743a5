package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedAddress.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hosts of an order served when we last looked.
 *
 * @param fingerprint the SHA-256 of the certificate that was delivered, lower-case hex; null when
 *     none was
 * @param looks how many there were since then
 * @param at when the last one was; null before the first
 * @param next when the next one is due; null when none is
 * @param addresses what each address served
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Served(
    @Nullable String fingerprint,
    int looks,
    @Nullable Instant at,
    @Nullable Instant next,
    List<ServedAddress> addresses) {

  /** A server that loads new files at once is ready by then. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  /** Networks of edge servers take up to an hour; a look reports no difference before that. */
  private static final List<Duration> PATIENCE =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  public Served {
    addresses = List.copyOf(addresses);
  }

  /** A certificate was delivered just now, and is to be looked for. */
  public static Served delivered(@Nullable String fingerprint, Instant now) {
    return new Served(fingerprint, 0, null, now.plus(FIRST), List.of());
  }

  /** The hosts of an order have changed, so that the looks begin anew. */
  public static @Nullable Served again(Order order, Instant now) {
    Served before = order.issuance().served();
    boolean delivered =
        order.deliveries().stream().anyMatch(it -> it.state() == Delivery.State.DELIVERED);
    return order.state() == OrderState.ISSUED && delivered
        ? new Served(before == null ? null : before.fingerprint, 0, null, now, List.of())
        : before;
  }

  /** A look that only a caller asked for is not repeated. */
  public static Served asked() {
    return new Served(null, 0, null, null, List.of());
  }

  /**
   * The same after a look.
   *
   * @param every the pause between looks in the long run
   */
  public Served seen(List<ServedAddress> found, Duration every, Instant now) {
    boolean wait = !everywhere(found) && looks < PATIENCE.size();
    Duration pause = wait && PATIENCE.get(looks).compareTo(every) < 0 ? PATIENCE.get(looks) : every;
    return new Served(fingerprint, looks + 1, now, next == null ? null : now.plus(pause), found);
  }

  /** The same, without looks to come. */
  public Served ended() {
    return new Served(fingerprint, looks, at, null, addresses);
  }

  /**
   * Whether people are notified of a difference: the servers have had time to load the certificate.
   */
  public boolean settled() {
    return looks > PATIENCE.size();
  }

  /** Whether every address serves what it should; false where none was looked at. */
  public boolean everywhere() {
    return !addresses.isEmpty() && everywhere(addresses);
  }

  private static boolean everywhere(List<ServedAddress> addresses) {
    return addresses.stream()
        .allMatch(
            address -> address.status() == Status.SERVED || address.status() == Status.EXPIRING);
  }
}
