package dev.polycert.vendor.file;

import dev.polycert.call.NamedAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings of an account beside the default one, from variables of its own. */
final class FileSettings implements FileConfig {
  static final String BASE = "POLYCERT_DELIVER_FILE_BASE";
  static final String HOOK = "POLYCERT_DELIVER_FILE_HOOK";
  static final String PASSWORD = "POLYCERT_DELIVER_FILE_STORE_PASSWORD";

  private final Optional<Path> base;
  private final Optional<Path> hook;
  private final Duration hookTimeout;
  private final Optional<String> storePassword;

  private FileSettings(Config variables) {
    base = NamedAccount.value(variables, BASE, String.class).map(Path::of);
    hook = NamedAccount.value(variables, HOOK, String.class).map(Path::of);
    hookTimeout =
        NamedAccount.value(variables, HOOK + "_TIMEOUT", Duration.class)
            .orElse(Duration.ofSeconds(20));
    storePassword = NamedAccount.value(variables, PASSWORD, String.class);
  }

  /** The settings of the account whose beans are being made. */
  static FileConfig of(FileConfig ofDefault, Config variables) {
    return NamedAccount.current().isPresent() ? new FileSettings(variables) : ofDefault;
  }

  @Override
  public Optional<Path> base() {
    return base;
  }

  @Override
  public Optional<Path> hook() {
    return hook;
  }

  @Override
  public Duration hookTimeout() {
    return hookTimeout;
  }

  @Override
  public Optional<String> storePassword() {
    return storePassword;
  }
}
