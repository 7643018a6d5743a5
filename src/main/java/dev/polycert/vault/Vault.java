package dev.polycert.vault;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Seals values before they are stored, and opens them again. A sealed value is a version (1 byte),
 * the id of its key (8), a nonce (12) and the ciphertext with its tag; the version, the id and the
 * name are authenticated with it, so that no value can be put in the place of another.
 */
@ApplicationScoped
public class Vault {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + VaultKey.ID_BYTES;

  private final @Nullable VaultKey key;
  private final List<VaultKey> previous;
  private final VaultStore store;
  private final RandomGenerator random;

  Vault(VaultConfig config, VaultStore store, RandomGenerator random) {
    this.key = key(config);
    this.previous = previous(config);
    this.store = store;
    this.random = random;
  }

  static @Nullable VaultKey key(VaultConfig config) {
    return config
        .key()
        .filter(text -> !text.isBlank())
        .map(text -> VaultKey.parse("POLYCERT_VAULT_KEY", text))
        .orElse(null);
  }

  static List<VaultKey> previous(VaultConfig config) {
    return config.keyPrevious().stream()
        .flatMap(List::stream)
        .filter(text -> !text.isBlank())
        .map(text -> VaultKey.parse("POLYCERT_VAULT_KEY_PREVIOUS", text))
        .toList();
  }

  /** Whether there is a key; without one nothing can be stored. */
  public boolean configured() {
    return key != null;
  }

  /**
   * Reads and opens the value of a name.
   *
   * @throws SealException as failure, when it was sealed under a key that is not configured, or is
   *     damaged
   */
  public Uni<Optional<byte[]>> get(String name) {
    return store.get(name).map(kept -> kept.map(value -> open(name, value)));
  }

  /**
   * Seals and stores a value unless there is one of that name, in one atomic step.
   *
   * @return whether this call stored it
   */
  public Uni<Boolean> create(String name, byte[] plain) {
    return Uni.createFrom().deferred(() -> store.create(name, seal(name, plain)));
  }

  /** Seals and stores a value, in place of an earlier one. */
  public Uni<Void> put(String name, byte[] plain) {
    return Uni.createFrom().deferred(() -> store.put(name, seal(name, plain)));
  }

  /**
   * Seals a text that is stored elsewhere, such as in an order.
   *
   * @param name what it is, which opening it has to name as well
   * @return base64
   * @throws IllegalStateException without a key: see {@link #configured}
   */
  public String sealText(String name, String plain) {
    return Base64.getEncoder().encodeToString(seal(name, plain.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Opens what {@link #sealText} made.
   *
   * @throws SealException when it was sealed under a key that is not configured, or is damaged
   */
  public String openText(String name, String sealed) {
    return new String(open(name, Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
  }

  /** Whether both hold the same text; false where one of them cannot be opened. */
  public boolean isSameText(String name, String sealed, String other) {
    try {
      return openText(name, sealed).equals(openText(name, other));
    } catch (SealException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private byte[] seal(String name, byte[] plain) {
    if (key == null) {
      throw new IllegalStateException("POLYCERT_VAULT_KEY is not set");
    }
    byte[] nonce = new byte[VaultKey.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(VERSION).put(key.id()).array();
    byte[] sealed = key.seal(nonce, bound(header, name), plain);
    return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
        .put(header)
        .put(nonce)
        .put(sealed)
        .array();
  }

  private byte[] open(String name, byte[] value) {
    int body = HEADER_BYTES + VaultKey.NONCE_BYTES;
    if (value.length < body || value[0] != VERSION) {
      throw new SealException(name + " in the vault is not in a form that is known here", null);
    }
    byte[] header = Arrays.copyOf(value, HEADER_BYTES);
    try {
      return keyOf(name, header)
          .open(
              Arrays.copyOfRange(value, HEADER_BYTES, body),
              bound(header, name),
              Arrays.copyOfRange(value, body, value.length));
    } catch (GeneralSecurityException damaged) {
      throw new SealException(name + " in the vault was changed since it was sealed", damaged);
    }
  }

  private VaultKey keyOf(String name, byte[] header) {
    byte[] id = Arrays.copyOfRange(header, 1, HEADER_BYTES);
    return Stream.concat(Stream.ofNullable(key), previous.stream())
        .filter(known -> Arrays.equals(known.id(), id))
        .findFirst()
        .orElseThrow(
            () ->
                new SealException(
                    "%s in the vault was sealed under key %s; set that one as POLYCERT_VAULT_KEY or"
                            .formatted(name, HexFormat.of().formatHex(id))
                        + " among POLYCERT_VAULT_KEY_PREVIOUS",
                    null));
  }

  private static byte[] bound(byte[] header, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(header.length + text.length).put(header).put(text).array();
  }

  /** Says that a value cannot be opened, and what would be right. */
  public static final class SealException extends IllegalStateException {
    SealException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
