package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.PullKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes, lists, checks and revokes the keys by which machines pull certificates. */
@ApplicationScoped
public class PullKeys {
  private static final KeyForm FORM = new KeyForm("pull");

  private final OrderBook book;
  private final RandomGenerator random;
  private final Clock clock;

  PullKeys(OrderBook book, RandomGenerator random, Clock clock) {
    this.book = book;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param secret the whole key, which nobody else knows
   */
  public record Made(PullKey key, String secret) {

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  /** Makes a key for the certificate of a domain, or for those of all names below it as well. */
  public Uni<Made> make(DomainName domain, boolean below, @Nullable String note) {
    KeyForm.Made made = FORM.make(random);
    PullKey key = new PullKey(made.id(), made.hash(), domain, below, note, clock.instant());
    return book.put(key).map(kept -> new Made(key, made.whole()));
  }

  /** All keys, the first one made first. */
  public Uni<List<PullKey>> all() {
    return book.keys(PullKey.class)
        .map(keys -> keys.stream().filter(key -> !key.revoked()).toList());
  }

  /**
   * Revokes a key, and says whether it was valid.
   *
   * @throws OrderException.Unknown as failure, when there never was one with that id
   */
  public Uni<Boolean> revoke(String id) {
    return KeyForm.revoke(book, PullKey.class, id);
  }

  /** Whether a text may be a key, by its form. */
  public static boolean wellFormed(String secret) {
    return FORM.id(secret).isPresent();
  }

  /** The key that a caller shows; empty when it is unknown or revoked. */
  Uni<Optional<PullKey>> shown(String secret) {
    return FORM.id(secret)
        .map(id -> book.key(PullKey.class, id))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.filter(key -> KeyForm.matches(key, secret)));
  }
}
