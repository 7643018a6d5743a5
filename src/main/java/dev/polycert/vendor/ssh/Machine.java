package dev.polycert.vendor.ssh;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is configured, without mistakes.
 *
 * @param jump the machine to go through; null for none
 */
record Machine(
    String name,
    String address,
    int port,
    String user,
    PinnedKeys keys,
    Login login,
    String base,
    Optional<String> command,
    Duration commandTimeout,
    Optional<String> storePassword,
    @Nullable Machine jump) {

  /** The user's credentials, hidden from {@code toString}. */
  static final class Login {
    private final Optional<String> password;
    private final Optional<String> privateKey;
    private final Optional<String> passphrase;

    Login(SshConfig.Host host) {
      this.password = host.password();
      this.privateKey = host.privateKey();
      this.passphrase = host.passphrase();
    }

    boolean isEmpty() {
      return password.isEmpty() && privateKey.isEmpty();
    }

    Optional<String> password() {
      return password;
    }

    Optional<String> privateKey() {
      return privateKey;
    }

    Optional<String> passphrase() {
      return passphrase;
    }
  }

  /** Leaves out the secrets. */
  @Override
  public String toString() {
    return "Machine[" + name + "]";
  }
}
