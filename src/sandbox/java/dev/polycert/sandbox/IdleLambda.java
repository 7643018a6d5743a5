package dev.polycert.sandbox;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Lambda in development: accepts the poll for the next event, and has none. Quarkus
 * polls in development whether there is Lambda or not, and stops the application when nothing
 * listens. Its own stand-in listens on every interface and takes events of anyone.
 */
@ApplicationScoped
public class IdleLambda {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final LaunchMode mode;
  private final int port;
  private @Nullable NetServer server;

  IdleLambda(
      Vertx vertx,
      LaunchMode mode,
      @ConfigProperty(name = "polycert.sandbox.lambda-port", defaultValue = "8091") int port) {
    this.vertx = vertx;
    this.mode = mode;
    this.port = port;
  }

  void onStart(@Observes StartupEvent event) {
    if (mode == LaunchMode.DEVELOPMENT) {
      start();
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    if (server != null) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void start() {
    NetServerOptions loopback = new NetServerOptions().setHost(HOST).setPort(port);
    server = vertx.createNetServer(loopback).connectHandler(NetSocket::pause);
    server.listen().toCompletionStage().toCompletableFuture().join();
  }
}
