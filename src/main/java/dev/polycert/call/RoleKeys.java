package dev.polycert.call;

import dev.polycert.call.MachineRole.Lease;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a machine's role, fetched before they end. At most one fetch is under way, and all
 * calls that wait for keys share it. While the keys are valid, calls do not wait for newer ones,
 * and a failed fetch changes nothing.
 */
final class RoleKeys implements KeySource {
  private static final Logger LOG = Logger.getLogger(RoleKeys.class);

  /** The vendors' SDKs fetch new keys 1 to 15 minutes before the end. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  /** The pause between two fetches while the keys are valid. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Supplier<Uni<Answer<Lease>>> fetch;
  private final Clock clock;
  private final Consumer<List<String>> secrets;

  private @Nullable Lease held;
  private List<String> earlier = List.of();
  private volatile HiddenKeys hidden = new HiddenKeys(List.of());
  private Instant due = Instant.MAX;
  private Instant pausedUntil = Instant.MIN;
  private @Nullable Uni<Answer<Lease>> underWay;

  /**
   * Makes the keys of a role, none of which are fetched yet.
   *
   * @param secrets gets all keys that may occur in a text, whenever there are new ones
   */
  RoleKeys(Supplier<Uni<Answer<Lease>>> fetch, Clock clock, Consumer<List<String>> secrets) {
    this.fetch = fetch;
    this.clock = clock;
    this.secrets = secrets;
  }

  @Override
  public Uni<Answer<Credentials>> ready() {
    return Uni.createFrom().deferred(this::validOrFetched);
  }

  private synchronized Uni<Answer<Credentials>> validOrFetched() {
    Instant now = clock.instant();
    Lease lease = held;
    if (lease == null || !now.isBefore(lease.end())) {
      return fetched().map(answer -> answer.map(Lease::keys));
    }
    if (!now.isBefore(due) && !now.isBefore(pausedUntil)) {
      fetched().subscribe().with(answer -> {}, failed -> {});
    }
    return Answer.of(lease.keys()).now();
  }

  private synchronized Uni<Answer<Lease>> fetched() {
    Uni<Answer<Lease>> shared = underWay;
    if (shared == null) {
      shared =
          Uni.createFrom()
              .deferred(fetch::get)
              .onFailure()
              .recoverWithItem(failed -> Answer.refused(TransportErrors.of(failed)))
              .invoke(this::ended)
              .memoize()
              .indefinitely();
      underWay = shared;
    }
    return shared;
  }

  private synchronized void ended(Answer<Lease> answer) {
    Instant now = clock.instant();
    underWay = null;
    pausedUntil = now.plus(PAUSE);
    switch (answer) {
      case Answer.Success<Lease>(Lease lease, var _) -> hold(lease, now);
      case Answer.Failed<Lease>(Failure failure) ->
          LOG.warnf("No new keys of this machine's role: %s", failure.error().message());
    }
  }

  private void hold(Lease lease, Instant now) {
    Duration left = Duration.between(now, lease.end());
    due = lease.end().minus(left.dividedBy(2).compareTo(AHEAD) < 0 ? left.dividedBy(2) : AHEAD);
    // A call that was signed with the keys before may still be under way.
    List<String> both = new ArrayList<>(HiddenKeys.parts(lease.keys()));
    both.addAll(earlier);
    earlier = HiddenKeys.parts(lease.keys());
    held = lease;
    secrets.accept(both);
    hidden = new HiddenKeys(both);
  }

  @Override
  public synchronized Credentials current() {
    Lease lease = held;
    if (lease == null) {
      throw new IllegalStateException("a call that did not wait for its keys");
    }
    return lease.keys();
  }

  @Override
  public Uni<Boolean> replaced(Credentials refused) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (isOther(refused)) {
                return Uni.createFrom().item(true);
              }
              return isPaused()
                  ? Uni.createFrom().item(false)
                  : fetched().map(fetched -> isOther(refused));
            });
  }

  private synchronized boolean isPaused() {
    return clock.instant().isBefore(pausedUntil);
  }

  private boolean isOther(Credentials refused) {
    return !current().keyId().equals(refused.keyId());
  }

  @Override
  public HiddenKeys hidden() {
    return hidden;
  }
}
