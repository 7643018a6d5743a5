package dev.polycert.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * nginx on a free port of this machine, which serves certificates that are files. It comes with the
 * Debian package {@code nginx}.
 */
public final class Nginx implements AutoCloseable {
  private static final String NGINX = "/usr/sbin/nginx";

  private final Path directory;
  private final int port = FreePorts.next();

  /**
   * Configures one, which does not run yet.
   *
   * @param live the directory with {@code fullchain.pem} and {@code privkey.pem}
   * @param addresses where it listens, {@code [::1]} for one of IPv6
   */
  public Nginx(Path directory, Path live, String... addresses) {
    this.directory = directory;
    String listen =
        List.of(addresses).stream()
            .map(address -> "listen %s:%d ssl;".formatted(address, port))
            .collect(Collectors.joining(" "));
    try {
      Files.createDirectories(directory);
      Files.writeString(
          configuration(),
          """
          pid %1$s/pid; error_log %1$s/error.log; worker_processes 1;
          events {}
          http {
            access_log off;
            client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
            uwsgi_temp_path %1$s; scgi_temp_path %1$s;
            server {
              %2$s server_name www.example.com;
              ssl_certificate %3$s/fullchain.pem; ssl_certificate_key %3$s/privkey.pem;
            }
          }
          """
              .formatted(directory, listen, live));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line of a shell that makes it take up its files, and starts it where it does not run. */
  public String command() {
    return "%1$s -c %2$s -s reload 2>/dev/null || %1$s -c %2$s".formatted(NGINX, configuration());
  }

  /** Runs {@link #command}, and waits until it listens. */
  public Nginx start() throws IOException {
    run("/bin/sh", "-c", command());
    for (int tries = 0; tries < 200; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return this;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IllegalStateException(Files.readString(directory.resolve("error.log")));
  }

  public int port() {
    return port;
  }

  private Path configuration() {
    return directory.resolve("nginx.conf");
  }

  @Override
  public void close() throws IOException {
    Path pid = directory.resolve("pid");
    if (!Files.exists(pid)) {
      return;
    }
    run(NGINX, "-c", configuration().toString(), "-s", "stop");
    for (int tries = 0; tries < 100 && Files.exists(pid); tries++) {
      pause();
    }
  }

  private static void run(String... command) throws IOException {
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
