package dev.polycert.server;

import dev.polycert.function.invocation.InvocationConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Listens with the process and stops with it. */
@ApplicationScoped
public class Server {
  private static final Logger LOG = Logger.getLogger(Server.class);

  /** More than a request is waited for after its time is over. */
  private static final Duration SPARE = Duration.ofSeconds(5);

  private static final int MAX_HEADERS = 16 << 10;
  private static final int MAX_REQUEST_LINE = 8 << 10;

  private final Vertx vertx;
  private final ServerConfig config;
  private final InvocationConfig invocation;
  private final ApiKey key;
  private final Front front;
  private final Welcome welcome;
  private final LaunchMode mode;
  private @Nullable HttpServer server;

  Server(
      Vertx vertx,
      ServerConfig config,
      InvocationConfig invocation,
      ApiKey key,
      Front front,
      Welcome welcome,
      LaunchMode mode) {
    this.vertx = vertx;
    this.config = config;
    this.invocation = invocation;
    this.key = key;
    this.front = front;
    this.welcome = welcome;
    this.mode = mode;
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    key.require();
    Connections connections = new Connections(vertx, config.maxConnections(), config.idleTimeout());
    HttpServer created =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                // One request at a time on a connection, so that what bounds these bounds those.
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setIdleTimeout((int) silence().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
    created.connectionHandler(connections::opened);
    created.requestHandler(
        request -> {
          connections.asked(request);
          front.handle(request);
        });
    server = await(created.listen());
    LOG.infof("Listening on http://%s:%d", config.host(), port());
    if (mode == LaunchMode.DEVELOPMENT) {
      LOG.info(welcome.text(config.host(), port()));
    }
  }

  /** How long nothing may be heard of a connection: its request may be worked at meanwhile. */
  private Duration silence() {
    Duration idle = config.idleTimeout();
    Duration working = invocation.requestTimeout().plus(SPARE);
    return idle.compareTo(working) > 0 ? idle : working;
  }

  /** The port that it listens on. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("the server is not enabled");
    }
    return server.actualPort();
  }

  /**
   * Takes no more requests, finishes those under way, and closes. Vert.x closes a server together
   * with its connections, so until then newcomers are told to come back.
   */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (server == null) {
      return;
    }
    front.inFlight().close();
    if (!front.inFlight().drained(config.drainTimeout())) {
      LOG.warnf("Closing although requests were still under way after %s", config.drainTimeout());
    }
    await(server.close());
    server = null;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
