package dev.polycert.store.embedded;

import dev.polycert.vault.VaultStore;
import java.nio.file.Path;
import java.util.Random;

/** The vault in an embedded order book's file, for tests of what stands on it. */
public final class TestEmbeddedVault implements AutoCloseable {
  private final EmbeddedFile file;

  private TestEmbeddedVault(EmbeddedFile file) {
    this.file = file;
  }

  public static TestEmbeddedVault open(Path file) {
    return new TestEmbeddedVault(new EmbeddedFile(new Random(), TestStoreConfig.at(file)));
  }

  public VaultStore vault() {
    return new EmbeddedVault(file);
  }

  @Override
  public void close() {
    file.close();
  }
}
