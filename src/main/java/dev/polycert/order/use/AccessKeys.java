package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.Principal;
import dev.polycert.order.PullKey;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes, lists, checks and revokes the keys of the API, and those by which machines pull
 * certificates. Each is looked up whenever it is shown, so that a revoked one opens nothing from
 * then on, at any process that shares the order book.
 */
@ApplicationScoped
public class AccessKeys {
  private final OrderBook book;
  private final RandomGenerator random;
  private final Clock clock;

  AccessKeys(OrderBook book, RandomGenerator random, Clock clock) {
    this.book = book;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param secret the whole key, which is kept nowhere
   */
  public record Made<K extends KeyRecord>(K key, String secret) {

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  /**
   * Makes a key of the API.
   *
   * @param suffixes the domains that it may name; empty for any
   * @param accounts the providers and deliverers that it may use; empty for all
   */
  public Uni<Made<ApiKey>> make(
      String name, Set<Scope> scopes, List<DomainName> suffixes, List<String> accounts) {
    KeyForm.Made made = KeyForm.of(ApiKey.class).make(random);
    return kept(
        new ApiKey(made.id(), made.hash(), name, scopes, suffixes, accounts, clock.instant()),
        made);
  }

  /**
   * Makes a key that pulls the certificate of a domain, or those of all names below it as well.
   *
   * @param maker the caller, whose limits the key has too
   */
  public Uni<Made<PullKey>> make(
      Principal maker, DomainName domain, boolean below, @Nullable String note) {
    KeyForm.Made made = KeyForm.of(PullKey.class).make(random);
    return kept(
        new PullKey(
            made.id(),
            made.hash(),
            domain,
            below,
            note,
            maker.suffixes(),
            maker.accounts(),
            clock.instant()),
        made);
  }

  private <K extends KeyRecord> Uni<Made<K>> kept(K key, KeyForm.Made made) {
    return book.put(key).map(done -> new Made<>(key, made.whole()));
  }

  /** All valid keys of a kind, the first one made first. */
  public <K extends KeyRecord> Uni<List<K>> all(Class<K> kind) {
    return book.keys(kind).map(keys -> keys.stream().filter(key -> !key.revoked()).toList());
  }

  /**
   * Revokes a key, and says whether it was valid.
   *
   * @throws OrderException.Unknown as failure, when there never was one with that id
   */
  public Uni<Boolean> revoke(Class<? extends KeyRecord> kind, String id) {
    return KeyForm.revoke(book, kind, id);
  }

  /** The pull keys within a caller's limits, the first one made first. */
  public Uni<List<PullKey>> pullKeys(Principal caller) {
    return all(PullKey.class).map(all -> all.stream().filter(key -> key.isWithin(caller)).toList());
  }

  /**
   * Revokes a pull key, and says whether it was valid.
   *
   * @throws OrderException.Unknown as failure, when there never was one with that id within the
   *     caller's limits
   */
  public Uni<Boolean> revokePullKey(Principal caller, String id) {
    return book.key(PullKey.class, id)
        .flatMap(
            found ->
                found.filter(key -> !key.isWithin(caller)).isPresent()
                    ? Uni.createFrom().failure(OrderException.Unknown.key(id))
                    : revoke(PullKey.class, id));
  }

  /** Whether a text may be a key of that kind, by its form. */
  public static boolean wellFormed(Class<? extends KeyRecord> kind, String secret) {
    return KeyForm.of(kind).id(secret).isPresent();
  }

  /** The key that a caller shows; empty when it is unknown or revoked. */
  public <K extends KeyRecord> Uni<Optional<K>> shown(Class<K> kind, String secret) {
    return KeyForm.of(kind)
        .id(secret)
        .map(id -> book.key(kind, id))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.filter(key -> KeyForm.matches(key, secret)));
  }
}
