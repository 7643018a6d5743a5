package dev.polycert.vendor.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.polycert.provider.Pem;
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

    /** A setting of a login that is wrong. */
    record Wrong(String setting, String text) {}

    /** What is wrong with the private key; the text of neither secret is in it. */
    static Optional<Wrong> wrongKey(SshConfig.Host host) {
      if (host.privateKey().isEmpty()) {
        return Optional.empty();
      }
      KeyPair key;
      try {
        key = KeyPair.load(new JSch(), Pem.text(host.privateKey().get()).getBytes(UTF_8), null);
      } catch (JSchException unreadable) {
        return Optional.of(
            new Wrong("PRIVATE_KEY", "must be the text of a private key, as ssh-keygen writes it"));
      }
      boolean open =
          !key.isEncrypted()
              || host.passphrase().map(it -> key.decrypt(it.getBytes(UTF_8))).orElse(false);
      key.dispose();
      return open
          ? Optional.empty()
          : Optional.of(
              new Wrong(
                  "PASSPHRASE",
                  host.passphrase().isEmpty()
                      ? "is missing: the private key is encrypted"
                      : "does not open the private key"));
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
