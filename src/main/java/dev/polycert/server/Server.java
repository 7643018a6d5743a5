package dev.polycert.server;

import dev.polycert.startup.StartupCheck;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the HTTP server with the process. */
@ApplicationScoped
public class Server implements StartupCheck {
  private static final Logger LOG = Logger.getLogger(Server.class);
  private static final int MAX_HEADERS = 16 << 10;
  private static final int MAX_REQUEST_LINE = 8 << 10;
  private static final int MAX_PORT = 65535;

  private final Vertx vertx;
  private final ServerConfig config;
  private final FirstKey key;
  private final Front front;
  private final Welcome welcome;
  private final LaunchMode mode;
  private @Nullable HttpServer server;

  Server(
      Vertx vertx,
      ServerConfig config,
      FirstKey key,
      Front front,
      Welcome welcome,
      LaunchMode mode) {
    this.vertx = vertx;
    this.config = config;
    this.key = key;
    this.front = front;
    this.welcome = welcome;
    this.mode = mode;
  }

  @Override
  public List<String> wrong() {
    if (!config.enabled()) {
      return List.of();
    }
    return Stream.of(StartupCheck.of(this::requirePort, key::require), front.wrongKeys())
        .flatMap(List::stream)
        .toList();
  }

  private void requirePort() {
    if (config.port() < 0 || config.port() > MAX_PORT) {
      throw new IllegalArgumentException(
          "polycert.server.port must be 0 to %d, not %d".formatted(MAX_PORT, config.port()));
    }
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    List<String> wrong = wrong();
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(String.join("; ", wrong));
    }
    Connections connections = new Connections(vertx, config.maxConnections(), config.idleTimeout());
    HttpServer created =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                // HTTP/1 has one request at a time on a connection, so the limit of connections
                // holds.
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE));
    created.connectionHandler(connections::opened);
    created.requestHandler(
        request -> {
          connections.asked(request);
          front.handle(request);
        });
    created.invalidRequestHandler(front::handleBroken);
    server = await(created.listen());
    LOG.infof("Listening on http://%s:%d", config.host(), port());
    if (mode == LaunchMode.DEVELOPMENT) {
      LOG.info(welcome.text(config.host(), port()));
    }
  }

  /** The port that the server listens on. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("the server is not enabled");
    }
    return server.actualPort();
  }

  /**
   * Accepts no more requests, finishes those in progress, and closes. Vert.x closes a server
   * together with its connections, so until then new requests get 503.
   */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (server == null) {
      return;
    }
    front.close();
    if (!front.drained(config.drainTimeout())) {
      LOG.warnf("Closing with requests still in progress after %s", config.drainTimeout());
    }
    await(server.close());
    server = null;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
