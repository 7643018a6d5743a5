package dev.polycert.vault;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes vaults for tests. */
public final class TestVault {
  /** A key that is obviously fake. */
  public static final String KEY = key("fake-vault-key-for-tests-only-00");

  private TestVault() {}

  /** A key of these 32 characters. */
  public static String key(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  public static Vault over(VaultStore store) {
    return over(store, KEY);
  }

  public static Vault over(VaultStore store, @Nullable String key, String... previous) {
    return new Vault(
        new Keys(Optional.ofNullable(key), Optional.of(List.of(previous))),
        store,
        new SecureRandom());
  }

  private record Keys(Optional<String> key, Optional<List<String>> keyPrevious)
      implements VaultConfig {}

  /** A store in memory, for any number of vaults at once. */
  public record Memory(Map<String, byte[]> values) implements VaultStore {

    public Memory() {
      this(new ConcurrentHashMap<>());
    }

    @Override
    public Uni<Optional<byte[]>> get(String name) {
      return Uni.createFrom().item(() -> Optional.ofNullable(values.get(name)));
    }

    @Override
    public Uni<Boolean> create(String name, byte[] sealedValue) {
      return Uni.createFrom().item(() -> values.putIfAbsent(name, sealedValue) == null);
    }

    @Override
    public Uni<Void> put(String name, byte[] sealedValue) {
      return Uni.createFrom().item(() -> values.put(name, sealedValue)).replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(String name) {
      return Uni.createFrom().item(() -> values.remove(name)).replaceWithVoid();
    }
  }
}
