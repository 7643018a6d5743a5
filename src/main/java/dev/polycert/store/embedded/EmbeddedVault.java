package dev.polycert.store.embedded;

import dev.polycert.vault.VaultStore;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Keeps sealed values in the file of the order book. */
@ApplicationScoped
@Identifier("embedded")
public class EmbeddedVault implements VaultStore {
  private final EmbeddedFile file;

  EmbeddedVault(EmbeddedFile file) {
    this.file = file;
  }

  @Override
  public Uni<Optional<byte[]>> get(String name) {
    return file.read(open -> Optional.ofNullable(open.vault().get(name)));
  }

  @Override
  public Uni<Boolean> create(String name, byte[] sealed) {
    return file.write(open -> open.vault().putIfAbsent(name, sealed) == null);
  }

  @Override
  public Uni<Void> put(String name, byte[] sealed) {
    return file.write(open -> open.vault().put(name, sealed)).replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String name) {
    return file.write(open -> open.vault().remove(name)).replaceWithVoid();
  }
}
