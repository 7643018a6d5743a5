package dev.polycert.call;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A vendor on a free local port: records requests and answers them as set. */
public final class VendorServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Queue<Consumer<HttpServerRequest>> script = new ConcurrentLinkedQueue<>();

  /** A request as it arrived; header names in lower case. */
  public record Seen(String method, String uri, Map<String, String> headers, String body) {}

  public VendorServer() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> headers = new LinkedHashMap<>();
              request
                  .headers()
                  .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
              seen.add(
                  new Seen(
                      request.method().name(),
                      request.uri(),
                      headers,
                      body.toString(StandardCharsets.UTF_8)));
              Consumer<HttpServerRequest> next = script.poll();
              if (next == null) {
                request.response().setStatusCode(599).end("not in the script");
              } else {
                next.accept(request);
              }
            });
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** The requests so far, in the order of their arrival. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Answers the next request that has no answer yet in some way of one's own. */
  public VendorServer then(Consumer<HttpServerRequest> answer) {
    script.add(answer);
    return this;
  }

  public VendorServer thenJson(int status, String json) {
    return then(
        request ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json));
  }

  /**
   * Refuses the next request with a message that repeats it, its headers first.
   *
   * @param envelope puts the message into what the vendor answers
   */
  public VendorServer thenEcho(int status, UnaryOperator<String> envelope) {
    return then(
        request -> {
          Seen repeated = seen.getLast();
          StringBuilder message = new StringBuilder("wrong:");
          // By name: signatures come early, where who cuts a text off leaves them in.
          new TreeMap<>(repeated.headers)
              .forEach(
                  (name, value) -> message.append(' ').append(name).append(": ").append(value));
          message.append(' ').append(repeated.uri).append(' ').append(repeated.body);
          request.response().setStatusCode(status).end(envelope.apply(message.toString()));
        });
  }

  /** Takes the request and cuts the connection. */
  public VendorServer thenCut() {
    return then(request -> request.connection().close());
  }

  /** Takes the request and never answers. */
  public VendorServer thenSilence() {
    return then(request -> {});
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
