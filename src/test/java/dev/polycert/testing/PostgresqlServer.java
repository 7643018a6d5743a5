package dev.polycert.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own, with its data in a temporary directory and on a free port. One is
 * started for all tests of a JVM, and ends with it; each test makes its own database there.
 */
public final class PostgresqlServer implements AutoCloseable {
  /** The role that owns the databases, which has no other right. */
  public static final String ROLE = "polycert";

  public static final String PASSWORD = "fake-password-of-the-role";

  private static final String ADMIN = "admin";

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private @Nullable Process process;

  /** The size in megabytes of the disk of {@link #smallDisk}; 0 for none. */
  private final int megabytes;

  private PostgresqlServer(Path directory, int port, int megabytes, List<String> settings) {
    this.directory = directory;
    this.port = port;
    this.megabytes = megabytes;
    this.settings = settings;
  }

  private static final class Shared {
    // What a test records needs to survive no loss of power.
    private static final PostgresqlServer SERVER = PostgresqlServer.own("fsync=off");
  }

  /** The server of this JVM, which nobody may stop. */
  public static PostgresqlServer shared() {
    return Shared.SERVER;
  }

  /**
   * Starts a server, which the caller closes; it ends with the JVM in any case.
   *
   * @param settings such as {@code fsync=off}
   */
  public static PostgresqlServer own(String... settings) {
    return own(0, settings);
  }

  /**
   * Starts a server that sees a small disk besides, which root alone can give it. The disk is
   * nowhere else, and ends with the server.
   */
  public static PostgresqlServer withSmallDisk(int megabytes) {
    return own(megabytes, "fsync=off");
  }

  private static PostgresqlServer own(int megabytes, String... settings) {
    Path directory = temporary();
    run(
        List.of(
            "sh",
            "-c",
            "cat > $0/password && chmod 600 $0/password && exec \"$1\" -D $0/data -U admin"
                + " -A scram-sha-256 --pwfile=$0/password --no-sync --no-instructions",
            directory.toString(),
            program("initdb")),
        PASSWORD);
    var server = new PostgresqlServer(directory, FreePorts.next(), megabytes, List.of(settings));
    server.startFirst();
    server.admin("postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(ROLE, PASSWORD));
    return server;
  }

  private static Path temporary() {
    return Path.of(run(List.of("mktemp", "-d", "/tmp/polycert-pg.XXXXXX"), "").strip());
  }

  private void startFirst() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    start();
  }

  /** Starts a standby that gets all that is recorded here, and returns when it gets it. */
  public PostgresqlServer standby() {
    Path copy = temporary();
    run(
        List.of(
            program("pg_basebackup"),
            "-R",
            "-c",
            "fast",
            "--no-sync",
            "-D",
            copy + "/data",
            "-d",
            "host=127.0.0.1 port=%d user=%s password=%s".formatted(port, ADMIN, PASSWORD)),
        "");
    var standby = new PostgresqlServer(copy, FreePorts.next(), 0, settings);
    standby.startFirst();
    while (!admin("postgres", "SELECT state FROM pg_stat_replication").equals("streaming")) {
      Thread.onSpinWait();
    }
    return standby;
  }

  /** Makes a standby the primary server. */
  public void promote() {
    run(List.of(program("pg_ctl"), "-D", directory + "/data", "-w", "promote"), "");
  }

  /** Sets a setting, which takes effect at once. */
  public void set(String setting, String value) {
    admin("postgres", "ALTER SYSTEM SET %s = '%s'".formatted(setting, value));
    admin("postgres", "SELECT pg_reload_conf()");
  }

  /** A folder of the small disk, as the server sees it. */
  public Path smallDisk() {
    return directory.resolve("small");
  }

  /** Leaves no room on the small disk, or gives all of it back. */
  public void fillSmallDisk(boolean full) {
    Path ballast = Path.of("/proc/" + process.pid() + "/root" + smallDisk() + "/ballast");
    try {
      if (full) {
        // Ends with the error that there is no room.
        new ProcessBuilder("dd", "if=/dev/zero", "of=" + ballast, "bs=4k", "status=none")
            .redirectErrorStream(true)
            .start()
            .waitFor();
      } else {
        Files.delete(ballast);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again after {@link #stop}, and waits until it answers. */
  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(program("postgres"), "-D", directory + "/data", "-p", "" + port, "-k"));
    command.add(directory.toString());
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    try {
      process =
          new ProcessBuilder(megabytes == 0 ? asUser(command) : onSmallDisk(asUser(command)))
              .redirectErrorStream(true)
              .redirectOutput(
                  Redirect.appendTo(Path.of("target/postgresql-" + port + ".log").toFile()))
              .start();
      while (!answers()) {
        if (!process.isAlive()) {
          throw new IllegalStateException(
              "PostgreSQL ended; see target/postgresql-" + port + ".log");
        }
        Thread.sleep(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In a mount namespace of its own. */
  private List<String> onSmallDisk(List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mkdir $0 && mount -t tmpfs -o size=%dm,uid=postgres,mode=700 small $0 && exec \"$@\""
                    .formatted(megabytes),
                smallDisk().toString()));
    whole.addAll(command);
    return whole;
  }

  private boolean answers() throws IOException, InterruptedException {
    return new ProcessBuilder(program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", "" + port)
            .start()
            .waitFor()
        == 0;
  }

  /**
   * Stops it.
   *
   * @param mode {@code fast} for what an administrator does, {@code immediate} for a crash
   */
  public void stop(String mode) {
    run(List.of(program("pg_ctl"), "-D", directory + "/data", "-w", "-m", mode, "stop"), "");
  }

  /** Makes an empty database that belongs to the role, and returns its name. */
  public String newDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    admin("postgres", "CREATE DATABASE %s OWNER %s".formatted(name, ROLE));
    return name;
  }

  /** Makes one in which the role has its schema alone, as docs/run.md says. */
  public String newDatabaseOfLeastRights() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    admin("postgres", "CREATE DATABASE " + name);
    admin(name, "CREATE SCHEMA polycert AUTHORIZATION " + ROLE);
    return name;
  }

  /** The address of a database, without TLS. */
  public String url(String database) {
    return "postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, database);
  }

  public int port() {
    return port;
  }

  /** Runs a statement as the administrator, and returns the values, with bars and line ends. */
  public String admin(String database, String statement) {
    return run(
            List.of(
                program("psql"),
                "-X",
                "-A",
                "-t",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                "host=127.0.0.1 port=%d user=%s password=%s dbname=%s"
                    .formatted(port, ADMIN, PASSWORD, database),
                "-c",
                statement),
            "")
        .strip();
  }

  /** Puts a file where the server reads it, readable for the server alone. */
  public Path install(String name, String content) {
    Path file = directory.resolve(name);
    run(List.of("sh", "-c", "umask 077 && cat > \"$0\"", file.toString()), content);
    return file;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
      process.onExit().join();
    }
    run(List.of("rm", "-rf", directory.toString()), "");
  }

  /** Whether it can be started. */
  public static boolean installed() {
    return newest("postgres").isPresent();
  }

  private static String program(String name) {
    return newest(name).orElseThrow().toString();
  }

  /**
   * A program of the newest version that is installed; Debian has only some of them in the path.
   */
  private static Optional<Path> newest(String name) {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Path::compareTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server refuses to run as root; the package has made a user for it. */
  private static List<String> asUser(List<String> command) {
    if (!System.getProperty("user.name").equals("root")) {
      return command;
    }
    List<String> whole =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    whole.addAll(command);
    return whole;
  }

  private static String run(List<String> command, String input) {
    try {
      Process process =
          new ProcessBuilder(asUser(command))
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command.getFirst() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
