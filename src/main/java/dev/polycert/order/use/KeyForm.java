package dev.polycert.order.use;

import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How keys of one kind are written: a prefix, an id that is not secret, and 32 random bytes. */
final class KeyForm {
  // Before the forms, which are made with it.
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  private static final KeyForm API = new KeyForm("key");
  private static final KeyForm PULL = new KeyForm("pull");
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;

  private final String prefix;
  private final Pattern form;

  private KeyForm(String prefix) {
    this.prefix = prefix;
    this.form = Pattern.compile(prefix + "_(?<id>" + ID + ")_[A-Za-z0-9_-]{43}");
  }

  static KeyForm of(Class<? extends KeyRecord> kind) {
    return kind == ApiKey.class ? API : PULL;
  }

  /**
   * A new key.
   *
   * @param whole the whole key, which is secret
   */
  record Made(String id, String whole) {

    /** The record that the order book keeps of the key. */
    String hash() {
      return KeyForm.hash(whole);
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }

  Made make(RandomGenerator random) {
    String id = HexFormat.of().formatHex(bytes(random, ID_BYTES));
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
    return new Made(id, prefix + "_" + id + "_" + secret);
  }

  /** The id in a key; empty for a text that is none of this kind. */
  Optional<String> id(String key) {
    Matcher matcher = form.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group("id")) : Optional.empty();
  }

  /** Whether a record is of that key. Compares hashes of equal length in constant time. */
  static boolean matches(KeyRecord record, String key) {
    return MessageDigest.isEqual(
        record.hash().getBytes(StandardCharsets.US_ASCII),
        hash(key).getBytes(StandardCharsets.US_ASCII));
  }

  /** Revokes a key of a kind, and returns whether it was valid. */
  static Uni<Boolean> revoke(OrderBook book, Class<? extends KeyRecord> kind, String id) {
    if (!ID.matcher(id).matches()) {
      return Uni.createFrom().failure(OrderException.Unknown.key(id));
    }
    return book.key(kind, id)
        .flatMap(
            found -> {
              KeyRecord key = found.orElseThrow(() -> OrderException.Unknown.key(id));
              return key.revoked()
                  ? Uni.createFrom().item(false)
                  : book.put(key.asRevoked()).replaceWith(true);
            });
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
