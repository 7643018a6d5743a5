package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.OrderBook;
import dev.polycert.order.PullKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes, lists, checks and revokes the keys by which machines pull certificates. */
@ApplicationScoped
public class PullKeys {
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("pull_(?<id>[0-9a-f]{16})_[A-Za-z0-9_-]{43}");

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
   * @param secret the whole of it, which is known to nobody else
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
    String id = HexFormat.of().formatHex(bytes(8));
    String secret =
        "pull_%s_%s"
            .formatted(
                id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES)));
    PullKey key = new PullKey(id, hash(secret), domain, below, note, clock.instant());
    return book.put(key).map(kept -> new Made(key, secret));
  }

  /** All keys, the first one made first. */
  public Uni<List<PullKey>> all() {
    return book.pullKeys();
  }

  /** Revokes a key, and says whether it was there. */
  public Uni<Boolean> revoke(String id) {
    return book.removePullKey(id);
  }

  /** Whether a text may be a key, by its form. */
  public static boolean wellFormed(String secret) {
    return FORM.matcher(secret).matches();
  }

  /** The key that a caller shows; empty when it is unknown or revoked. */
  Uni<Optional<PullKey>> shown(String secret) {
    Matcher form = FORM.matcher(secret);
    if (!form.matches()) {
      return Uni.createFrom().item(Optional.empty());
    }
    byte[] hash = hash(secret).getBytes(StandardCharsets.US_ASCII);
    return book.pullKey(form.group("id"))
        .map(
            found ->
                found.filter(
                    key ->
                        MessageDigest.isEqual(
                            key.hash().getBytes(StandardCharsets.US_ASCII), hash)));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
