package dev.polycert.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final String OTHER = TestVault.key("another-fake-vault-key-for-tests");
  private static final byte[] SECRET = "canary-vault-2b91".getBytes(UTF_8);

  private final TestVault.Memory store = new TestVault.Memory();
  private final Vault vault = TestVault.over(store);

  private static Optional<byte[]> get(Vault vault, String name) {
    return vault.get(name).await().indefinitely();
  }

  private void put(Vault into, String name) {
    into.put(name, SECRET).await().indefinitely();
  }

  @Test
  void whatIsKeptComesBackAndCannotBeReadInTheStore() {
    put(vault, "a");

    assertThat(get(vault, "a")).contains(SECRET);
    assertThat(new String(store.values().get("a"), UTF_8)).doesNotContain("canary");
    assertThat(get(vault, "b")).isEmpty();
  }

  @Test
  void noTwoSealingsAreTheSame() {
    put(vault, "a");
    byte[] first = store.values().get("a");
    put(vault, "a");

    assertThat(store.values().get("a")).isNotEqualTo(first);
  }

  @Test
  void theFirstOneToCreateWins() {
    assertThat(vault.create("a", SECRET).await().indefinitely()).isTrue();
    assertThat(vault.create("a", "late".getBytes(UTF_8)).await().indefinitely()).isFalse();
    assertThat(get(vault, "a")).contains(SECRET);
  }

  @Test
  void aWrongKeyIsNamedWithTheVariableAndNothingOfTheKeys() {
    put(vault, "a");

    assertThatThrownBy(() -> get(TestVault.over(store, OTHER), "a"))
        .isInstanceOf(Vault.SealException.class)
        .hasMessageContaining("a in the vault was sealed under key ")
        .hasMessageContaining("POLYCERT_VAULT_KEY_PREVIOUS")
        .hasMessageNotContaining(OTHER)
        .hasMessageNotContaining(TestVault.KEY);
  }

  @Test
  void aPreviousKeyOpensAndSealsNothing() {
    put(vault, "old");
    Vault rotated = TestVault.over(store, OTHER, TestVault.KEY);
    put(rotated, "new");

    assertThat(get(rotated, "old")).contains(SECRET);
    assertThat(get(TestVault.over(store, OTHER), "new")).contains(SECRET);
  }

  @Test
  void aKeyCanBeChangedMoreThanOnce() {
    put(vault, "first");
    put(TestVault.over(store, OTHER, TestVault.KEY), "second");
    String third = TestVault.key("a-third-fake-vault-key-for-tests");

    Vault now = TestVault.over(store, third, OTHER, TestVault.KEY);

    assertThat(get(now, "first")).contains(SECRET);
    assertThat(get(now, "second")).contains(SECRET);
  }

  @Test
  void aValueThatWasChangedOrMovedIsRefused() {
    put(vault, "a");
    byte[] kept = store.values().get("a");
    store.values().put("b", kept);
    byte[] changed = Arrays.copyOf(kept, kept.length);
    changed[kept.length - 1] ^= 1;
    store.values().put("a", changed);
    store.values().put("c", new byte[] {9});

    for (String name : new String[] {"a", "b", "c"}) {
      assertThatThrownBy(() -> get(vault, name)).isInstanceOf(Vault.SealException.class);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> TestVault.over(store, "c2hvcnQ="))
        .hasMessageContaining("POLYCERT_VAULT_KEY must be 32 bytes in base64")
        .hasMessageNotContaining("c2hvcnQ");
    assertThat(TestVault.over(store, null).configured()).isFalse();
    assertThat(TestVault.over(store, " ").configured()).isFalse();
    assertThat(vault.configured()).isTrue();
  }
}
