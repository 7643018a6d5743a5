package dev.polycert.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenSSH's server on a free port of this machine, with keys of its own, which the user of the
 * tests can log in to. It comes with the Debian package {@code openssh-server}.
 */
public final class OpenSsh implements AutoCloseable {
  private static final String SERVER = "/usr/sbin/sshd";

  private final Path directory;
  private final int port = FreePorts.next();
  private final Path hostKey;
  private final Path userKey;
  private Process server;

  /**
   * Starts one.
   *
   * @param directory for its files
   * @param more lines of {@code sshd_config}
   */
  public OpenSsh(Path directory, String... more) {
    this.directory = directory;
    try {
      if (Files.isWritable(Path.of("/run"))) {
        // Only root's server asks for it.
        Files.createDirectories(Path.of("/run/sshd"));
      }
      hostKey = newKey("host", "ed25519");
      userKey = newKey("user", "ed25519");
      Files.copy(Path.of(userKey + ".pub"), directory.resolve("authorized_keys"));
      List<String> lines =
          new ArrayList<>(
              List.of(
                  "Port " + port,
                  "ListenAddress 127.0.0.1",
                  "HostKey " + hostKey,
                  "PidFile none",
                  "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                  "StrictModes no",
                  "UsePAM no",
                  "PasswordAuthentication no",
                  "PermitRootLogin prohibit-password",
                  "LogLevel VERBOSE"));
      lines.addAll(List.of(more));
      if (lines.stream().noneMatch(line -> line.startsWith("Subsystem"))) {
        lines.add("Subsystem sftp internal-sftp");
      }
      Files.write(directory.resolve("sshd_config"), lines);
      server = start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(SERVER, "-D", "-e", "-f", directory.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log().toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    for (int tries = 0; tries < 200; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return process;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IllegalStateException("sshd does not listen: " + Files.readString(log()));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a key with {@code ssh-keygen}; the public one is beside it. */
  public Path newKey(String name, String type, String... more) throws IOException {
    Path file = directory.resolve(name);
    List<String> command =
        new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-f", file.toString()));
    command.addAll(more.length == 0 ? List.of("-N", "") : List.of(more));
    run(command);
    return file;
  }

  /** The fingerprint of a public key, as {@code ssh-keygen -l} shows it. */
  public static String fingerprint(Path key) throws IOException {
    return run(List.of("ssh-keygen", "-l", "-f", key.toString())).split(" ")[1];
  }

  /** A text of {@code known_hosts} without the names, as {@code ssh-keygen -H} hides them. */
  public String hashed(String known) throws IOException {
    Path file = directory.resolve("known_hosts");
    Files.writeString(file, known);
    run(List.of("ssh-keygen", "-H", "-f", file.toString()));
    return Files.readString(file);
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(told);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return told;
  }

  /** Starts it anew with another key. */
  public void changeHostKey() throws IOException {
    close();
    Files.delete(hostKey);
    Files.delete(Path.of(hostKey + ".pub"));
    newKey("host", "ed25519");
    server = start();
  }

  public int port() {
    return port;
  }

  /** The file of its key; the public one is beside it. */
  public Path hostKey() {
    return hostKey;
  }

  /** The file of the key that its user logs in with. */
  public Path userKey() {
    return userKey;
  }

  /** What it says. */
  public Path log() {
    return directory.resolve("sshd.log");
  }

  @Override
  public void close() {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
    try {
      server.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
