package dev.polycert.sandbox;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The access keys of the emulated accounts: those that the process is configured with, for the
 * default accounts and for named ones.
 */
@ApplicationScoped
class Secrets {
  private static final String NAMED = "POLYCERT_ACCOUNT__";

  private final Config config;
  private final List<VendorEmulator> emulators;

  Secrets(Config config, @All List<VendorEmulator> emulators) {
    this.config = config;
    this.emulators = emulators;
  }

  /** The secret that belongs to the access key id; empty when no account has such an id. */
  Optional<World.Secret> find(String provider, String accessKeyId) {
    return emulators.stream()
        .filter(emulator -> emulator.provider().equals(provider))
        .map(VendorEmulator::credentialNames)
        .flatMap(names -> prefixes(names).flatMap(prefix -> find(prefix, names, accessKeyId)))
        .findFirst();
  }

  /** What stands before the variables of each account. */
  private Stream<String> prefixes(VendorEmulator.CredentialNames names) {
    Stream<String> named =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith(NAMED) && name.endsWith("__" + names.accessKeyId()))
            .map(name -> name.substring(0, name.length() - names.accessKeyId().length()));
    return Stream.concat(Stream.of(""), named);
  }

  private Stream<World.Secret> find(
      String prefix, VendorEmulator.CredentialNames names, String accessKeyId) {
    return text(prefix + names.accessKeyId()).filter(accessKeyId::equals).isEmpty()
        ? Stream.empty()
        : text(prefix + names.secretKey()).stream()
            .map(
                key ->
                    new World.Secret(
                        account(prefix), key, text(prefix + names.token()).orElse(null)));
  }

  private static String account(String prefix) {
    return prefix.isEmpty()
        ? World.DEFAULT_ACCOUNT
        : prefix.substring(NAMED.length(), prefix.length() - 2).toLowerCase(Locale.ROOT);
  }

  private Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class);
  }
}
