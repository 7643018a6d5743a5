package dev.polycert.sandbox;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The access keys of the emulated accounts: those that the process is configured with. */
@ApplicationScoped
class Secrets {
  private final Config config;
  private final List<VendorEmulator> emulators;

  Secrets(Config config, @All List<VendorEmulator> emulators) {
    this.config = config;
    this.emulators = emulators;
  }

  /** The secret that belongs to the access key id; empty when the account has no such id. */
  Optional<World.Secret> find(String provider, String accessKeyId) {
    return emulators.stream()
        .filter(emulator -> emulator.provider().equals(provider))
        .map(VendorEmulator::credentialNames)
        .filter(names -> text(names.accessKeyId()).equals(Optional.of(accessKeyId)))
        .findFirst()
        .flatMap(
            names ->
                text(names.secretKey())
                    .map(key -> new World.Secret(key, text(names.token()).orElse(null))));
  }

  private Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class);
  }
}
