package dev.polycert.sandbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the sandbox's three servers with the process, unless it is switched off. */
@ApplicationScoped
public class SandboxServer {
  private static final Logger LOG = Logger.getLogger(SandboxServer.class);
  private static final String HOST = "127.0.0.1";

  private final SandboxConfig config;
  private final Vertx vertx;
  private final Dispatcher dispatcher;
  private final DnsServer dns;
  private final WebFiles files;
  private @Nullable HttpServer api;
  private @Nullable HttpServer web;
  private int dnsPort;

  SandboxServer(
      SandboxConfig config, Vertx vertx, Dispatcher dispatcher, DnsServer dns, WebFiles files) {
    this.config = config;
    this.vertx = vertx;
    this.dispatcher = dispatcher;
    this.dns = dns;
    this.files = files;
  }

  void onStart(@Observes StartupEvent event) {
    if (config.enabled()) {
      start();
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    if (api != null) {
      stop();
    }
  }

  /** Returns when all ports are open. */
  void start() {
    api = listen("polycert.sandbox.port", config.port(), dispatcher::handle);
    web = listen("polycert.sandbox.web-port", config.webPort(), this::serve);
    dnsPort = await("polycert.sandbox.dns-port", dns.start(config.dnsPort()));
    LOG.infof(
        "Sandbox: vendors on http://%s:%d, DNS on %s:%d, published files on http://%s:%d",
        HOST, port(), HOST, dnsPort(), HOST, webPort());
  }

  void stop() {
    dispatcher.stop();
    await("the sandbox's servers", Future.join(close(api), close(web), dns.stop()).mapEmpty());
  }

  /** The port of the vendors' APIs and of the control API. */
  public int port() {
    return api == null ? 0 : api.actualPort();
  }

  public int webPort() {
    return web == null ? 0 : web.actualPort();
  }

  public int dnsPort() {
    return dnsPort;
  }

  private HttpServer listen(String setting, int port, Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(HOST)
            .setPort(port)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(1 << 16)
            .setMaxHeaderSize(1 << 15);
    return await(setting, vertx.createHttpServer(options).requestHandler(handler).listen());
  }

  private void serve(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().host();
    files
        .get(host, Objects.requireNonNullElse(request.path(), "/"))
        .ifPresentOrElse(
            content -> request.response().putHeader("Content-Type", "text/plain").end(content),
            () -> request.response().setStatusCode(404).end("not published"));
  }

  private static Future<Void> close(@Nullable HttpServer server) {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private static <T> T await(String what, Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(what + ": " + e.getCause(), e);
    }
  }
}
