package dev.polycert.provider;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands for a vendor: keeps what it receives and answers from fixtures, by operation. */
public final class FixtureServer implements AutoCloseable {
  private final Function<Received, String> naming;
  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new HashMap<>();
  private final List<Received> received = new ArrayList<>();

  /** A request as it came over the wire; header names in lower case. */
  public record Received(
      String method,
      String path,
      @Nullable String query,
      Map<String, String> headers,
      byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** Those of the query, decoded, sorted by name. */
    public Map<String, String> parameters() {
      Map<String, String> parameters = new TreeMap<>();
      if (query != null && !query.isEmpty()) {
        for (String parameter : query.split("&")) {
          String[] pair = parameter.split("=", 2);
          parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
      }
      return parameters;
    }
  }

  /** An answer; a status of 0 breaks the connection instead. */
  public record Reply(int status, Map<String, String> headers, String body) {

    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body);
    }

    /** Answers with the file below the test resources. */
    public static Reply fixture(int status, String file) {
      return of(status, FixtureServer.fixture(file));
    }

    /** Takes the request in and never answers it. */
    public static Reply lost() {
      return of(0, "");
    }
  }

  /**
   * @param naming gives the operation that a request asks for
   */
  public FixtureServer(Vertx vertx, Function<Received, String> naming) {
    this.naming = naming;
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::receive)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("no server", e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Answers the operation with these in turn; the last one also from then on. */
  public synchronized FixtureServer on(String operation, Reply... answers) {
    replies.put(operation, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  /** What was received, in order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** What was received for the operation, in order. */
  public synchronized List<Received> received(String operation) {
    return received.stream().filter(each -> naming.apply(each).equals(operation)).toList();
  }

  /** The operations that were asked for, in order. */
  public synchronized List<String> operations() {
    return received.stream().map(naming).toList();
  }

  public static String fixture(String file) {
    try (InputStream in = FixtureServer.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no fixture " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Reply reply = reply(received(request, body));
              if (reply.status() == 0) {
                request.connection().close();
                return;
              }
              reply.headers().forEach(request.response()::putHeader);
              request
                  .response()
                  .setStatusCode(reply.status())
                  .putHeader("Content-Type", "application/json")
                  .end(reply.body());
            });
  }

  private static Received received(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Received(
        request.method().name(), request.path(), request.query(), headers, body.getBytes());
  }

  private synchronized Reply reply(Received request) {
    received.add(request);
    String operation = naming.apply(request);
    Deque<Reply> answers = replies.get(operation);
    if (answers == null) {
      return Reply.of(500, "{\"unexpected\":\"" + operation + "\"}");
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
