package dev.polycert.whole.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The interface that Lambda offers to a runtime ("Using the Lambda runtime API for custom
 * runtimes", version 2018-06-01), for one function instance.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  private record Invocation(String id, byte[] event) {}

  /**
   * What the runtime reported.
   *
   * @param failed whether it came as an error
   * @param body the function's answer, or Lambda's description of the error
   */
  record Outcome(boolean failed, String body) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  /** Host and port, as the environment variable {@code AWS_LAMBDA_RUNTIME_API} holds them. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completes as soon as the runtime asks for the first event; fails when it cannot start. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** The paths that were asked for, below the version. */
  Queue<String> asked() {
    return asked;
  }

  /** Invokes the function; completes with what the runtime reports. */
  CompletableFuture<Outcome> invoke(byte[] event) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    underWay.put(id, outcome);
    invocations.add(new Invocation(id, event));
    return outcome;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      asked.add(path);
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> exchange.sendResponseHeaders(200, -1);
        case "init/error" -> {
          ready.completeExceptionally(new IllegalStateException(new String(body)));
          exchange.sendResponseHeaders(202, -1);
        }
        default -> {
          String[] report = path.split("/");
          underWay.remove(report[1]).complete(outcome(report[2], body));
          exchange.sendResponseHeaders(202, -1);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outcome outcome(String kind, byte[] body) {
    return new Outcome(kind.equals("error"), new String(body));
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.complete(null);
    Invocation invocation = invocations.take();
    long deadline = System.currentTimeMillis() + PATIENCE.toMillis();
    // The client dereferences a null pointer where this or the trace id is missing.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id);
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange
        .getResponseHeaders()
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:ap-southeast-1:111122223333:function:polycert");
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Trace-Id", "Root=1-00000000-" + "0".repeat(24));
    exchange.sendResponseHeaders(200, invocation.event.length);
    exchange.getResponseBody().write(invocation.event);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
