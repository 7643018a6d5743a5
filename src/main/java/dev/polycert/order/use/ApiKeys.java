package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes, lists, checks and revokes the keys of the API. Each is looked up whenever it is shown, so
 * that a revoked one opens nothing from then on, at any process that shares the order book.
 */
@ApplicationScoped
public class ApiKeys {
  private static final KeyForm FORM = new KeyForm("key");

  private final OrderBook book;
  private final RandomGenerator random;
  private final Clock clock;

  ApiKeys(OrderBook book, RandomGenerator random, Clock clock) {
    this.book = book;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param secret the whole key, which nobody else knows
   */
  public record Made(ApiKey key, String secret) {

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  /**
   * Makes a key.
   *
   * @param suffixes the domains that it may name; empty for any
   * @param accounts the providers and deliverers that it may use; empty for all
   */
  public Uni<Made> make(
      String name, Set<Scope> scopes, List<DomainName> suffixes, List<String> accounts) {
    KeyForm.Made made = FORM.make(random);
    ApiKey key =
        new ApiKey(made.id(), made.hash(), name, scopes, suffixes, accounts, clock.instant());
    return book.put(key).map(kept -> new Made(key, made.whole()));
  }

  /** All keys, the first one made first. */
  public Uni<List<ApiKey>> all() {
    return book.keys(ApiKey.class)
        .map(keys -> keys.stream().filter(key -> !key.revoked()).toList());
  }

  /**
   * Revokes a key, and says whether it was valid.
   *
   * @throws OrderException.Unknown as failure, when there never was one with that id
   */
  public Uni<Boolean> revoke(String id) {
    return KeyForm.revoke(book, ApiKey.class, id);
  }

  /** Whether a text may be a key, by its form. */
  public static boolean wellFormed(String secret) {
    return FORM.id(secret).isPresent();
  }

  /** The key that a caller shows; empty when it is unknown or revoked. */
  public Uni<Optional<ApiKey>> shown(String secret) {
    return FORM.id(secret)
        .map(id -> book.key(ApiKey.class, id))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.filter(key -> KeyForm.matches(key, secret)));
  }
}
