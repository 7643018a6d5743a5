package dev.polycert.vendor.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.polycert.call.ErrorClass;
import dev.polycert.provider.Pem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session at a machine, and at its jump hosts. It is closed at its deadline, whatever it waits
 * for. Blocks; for virtual threads only.
 */
final class Connection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Silence after which the machine is asked whether it is there; twice without answer ends it. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final String HOST_KEY = "server_host_key";

  /** The algorithms of {@link #ALGORITHMS} by the type of the key. */
  private static final List<String> KEY_TYPES =
      List.of(
          "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
          "rsa-sha2-512,rsa-sha2-256",
          "ssh-ed25519");

  /** What OpenSSH 7.4 and later has, without SHA-1. */
  static final Map<String, String> ALGORITHMS =
      Map.of(
          "kex",
          "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,"
              + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
              + "diffie-hellman-group16-sha512,diffie-hellman-group14-sha256",
          HOST_KEY,
          "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,"
              + "rsa-sha2-256",
          "PubkeyAcceptedAlgorithms",
          "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,"
              + "rsa-sha2-256",
          "cipher.c2s",
          "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr",
          "cipher.s2c",
          "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr",
          "mac.c2s",
          "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
          "mac.s2c",
          "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
          "PreferredAuthentications",
          "publickey,password,keyboard-interactive",
          "StrictHostKeyChecking",
          "yes");

  private final Session session;
  private final @Nullable Connection jump;
  private final Thread end;

  private Connection(Session session, @Nullable Connection jump, Instant deadline, Clock clock) {
    this.session = session;
    this.jump = jump;
    end =
        Thread.startVirtualThread(
            () -> {
              try {
                Thread.sleep(left(deadline, clock));
                session.disconnect();
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Connects and logs in. */
  static Connection open(Machine machine, Instant deadline, Clock clock) throws SshFailure {
    PinnedKeys.Check check = machine.keys().new Check();
    try {
      return open(machine, check, ALGORITHMS.get(HOST_KEY), deadline, clock);
    } catch (SshFailure failure) {
      if (check.refused().isEmpty()) {
        throw failure;
      }
      return withAnotherKey(machine, failure, deadline, clock);
    }
  }

  /** A machine has keys of several types, and shows first the one that it was asked for first. */
  private static Connection withAnotherKey(
      Machine machine, SshFailure first, Instant deadline, Clock clock) throws SshFailure {
    for (String type : KEY_TYPES) {
      try {
        return open(machine, machine.keys().new Check(), type, deadline, clock);
      } catch (SshFailure another) {
        // It has none of this type, or that is not pinned either; or it cannot be logged in to.
        if (another.error().errorClass() == ErrorClass.CREDENTIALS) {
          throw another;
        }
      }
    }
    throw first;
  }

  private static Connection open(
      Machine machine,
      PinnedKeys.Check check,
      @Nullable String keyType,
      Instant deadline,
      Clock clock)
      throws SshFailure {
    Machine onTheWay = machine.jump();
    @Nullable Connection jump = onTheWay == null ? null : open(onTheWay, deadline, clock);
    try {
      Session session = session(machine, check);
      session.setConfig(HOST_KEY, keyType);
      Connection connection = new Connection(session, jump, deadline, clock);
      try {
        if (jump != null) {
          session.setProxy(new JumpChannel(jump.session));
        }
        session.connect(
            (int) Math.max(1, Math.min(CONNECT.toMillis(), left(deadline, clock).toMillis())));
        return connection;
      } catch (JSchException failed) {
        connection.close();
        throw failed;
      }
    } catch (JSchException failed) {
      if (jump != null) {
        jump.close();
      }
      throw failure(machine, check, failed);
    }
  }

  private static Session session(Machine machine, PinnedKeys.Check check) throws JSchException {
    JSch library = new JSch();
    library.setHostKeyRepository(check);
    Optional<String> key = machine.login().privateKey();
    if (key.isPresent()) {
      library.addIdentity(
          machine.name(),
          Pem.text(key.get()).getBytes(UTF_8),
          null,
          machine.login().passphrase().map(text -> text.getBytes(UTF_8)).orElse(null));
    }
    Session session = library.getSession(machine.user(), machine.address(), machine.port());
    ALGORITHMS.forEach(session::setConfig);
    session.setThreadFactory(Thread.ofVirtual().factory());
    if (machine.login().password().isPresent()) {
      session.setPassword(machine.login().password().get().getBytes(UTF_8));
    }
    session.setServerAliveInterval((int) SILENCE.toMillis());
    return session;
  }

  private static SshFailure failure(Machine machine, PinnedKeys.Check check, JSchException failed) {
    String message = String.valueOf(failed.getMessage());
    if (check.refused().isPresent()) {
      return SshFailure.unconnected(
          ErrorClass.FINAL,
          "Ssh.HostKey",
          "%s shows the key %s, and pinned is %s; nothing was sent. Pin the new key only when you know"
                  .formatted(machine.name(), check.refused().get(), machine.keys())
              + " that it is the machine's");
    }
    if (message.startsWith("Auth ") || message.contains("invalid privatekey")) {
      return SshFailure.unconnected(
          ErrorClass.CREDENTIALS,
          "Ssh.Login",
          "%s refuses the login of %s: %s".formatted(machine.name(), machine.user(), message));
    }
    return SshFailure.unconnected(
        ErrorClass.RETRY, "Ssh.NotConnected", machine.name() + ": " + message);
  }

  private static Duration left(Instant deadline, Clock clock) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    end.interrupt();
    session.disconnect();
    if (jump != null) {
      jump.close();
    }
  }
}
