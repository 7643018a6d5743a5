package dev.polycert.vendor.ssh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The machines that may be delivered to over SSH. The operator chooses the command and the
 * directory there; a request cannot.
 */
@ConfigMapping(prefix = "polycert.deliver.ssh")
public interface SshConfig {

  /** The machines by names of your own. */
  Map<String, Host> host();

  /** One machine. */
  interface Host {

    /** Its host name or address. */
    Optional<String> address();

    /** The port of its SSH server. */
    @WithDefault("22")
    int port();

    /** The user to log in as. */
    Optional<String> user();

    /**
     * The keys that the machine may show, on lines of their own or with commas between:
     * fingerprints ({@code SHA256:…}), or lines of {@code known_hosts} or {@code ssh-keyscan} about
     * this machine. Lines that name the address count, where there are such. Any other key is
     * refused.
     */
    Optional<String> hostKeys();

    /** The user's password, a secret. */
    Optional<String> password();

    /** The user's private key, a secret: the text of a file that {@code ssh-keygen} has made. */
    Optional<String> privateKey();

    /** The passphrase of that key, a secret. */
    Optional<String> passphrase();

    /** The name of the machine to go through, one of these. */
    Optional<String> jump();

    /** The directory below which certificates are written; it has to exist. */
    Optional<String> base();

    /**
     * The command that the user's shell runs after a delivery, {@code sudo systemctl reload nginx}
     * for example; {@code {directory}} and {@code {domain}} are replaced by those of the delivery,
     * in quotes.
     */
    Optional<String> command();

    /** How long that may take. */
    @WithDefault("20s")
    Duration commandTimeout();

    /** The password of PKCS#12 and JKS files, a secret of 8 characters or more. */
    Optional<String> storePassword();
  }
}
