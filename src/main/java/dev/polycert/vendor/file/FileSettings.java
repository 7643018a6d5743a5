package dev.polycert.vendor.file;

import dev.polycert.call.NamedAccount;
import dev.polycert.deliver.FileForm;
import dev.polycert.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The settings of an account beside the default one, from variables of its own. */
final class FileSettings implements FileConfig {
  static final String BASE = "POLYCERT_DELIVER_FILE_BASE";
  static final String HOOK = "POLYCERT_DELIVER_FILE_HOOK";
  static final String TIMEOUT = HOOK + "_TIMEOUT";
  static final String PASSWORD = "POLYCERT_DELIVER_FILE_STORE_PASSWORD";

  private final Optional<Path> base;
  private final Optional<Path> hook;
  private final Duration hookTimeout;
  private final Optional<String> storePassword;

  private FileSettings(Config variables) {
    base = NamedAccount.value(variables, BASE, String.class).map(Path::of);
    hook = NamedAccount.value(variables, HOOK, String.class).map(Path::of);
    hookTimeout =
        NamedAccount.value(variables, TIMEOUT, Duration.class).orElse(Duration.ofSeconds(20));
    storePassword = NamedAccount.value(variables, PASSWORD, String.class);
  }

  /** The settings of the account whose beans are being made. */
  static FileConfig of(FileConfig ofDefault, Config variables) {
    return NamedAccount.current().isPresent() ? new FileSettings(variables) : ofDefault;
  }

  /** What is wrong with the settings of the account that beans are being made for. */
  static List<String> wrong(FileConfig config) {
    Optional<String> base =
        config
            .base()
            .filter(path -> !path.isAbsolute())
            .map(path -> BASE + " must be an absolute path, not " + path);
    Optional<String> hook = config.hook().flatMap(Program::wrong).map(why -> HOOK + " " + why);
    Optional<String> timeout =
        Optional.of(config.hookTimeout())
            .filter(time -> !time.isPositive())
            .map(time -> TIMEOUT + " must be more than 0");
    Optional<String> password =
        config
            .storePassword()
            .filter(given -> FileForm.password(config.storePassword()).isEmpty())
            .map(given -> PASSWORD + " " + FileForm.PASSWORD_RULE);
    return Stream.of(base, hook, timeout, password)
        .flatMap(Optional::stream)
        .map(NamedAccount::variable)
        .toList();
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
