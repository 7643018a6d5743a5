package dev.polycert.rate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Refuses a call when there were as many as the limit in the second before it. */
final class StrictServer implements AutoCloseable {
  private final int limit;
  private final HttpServer http;
  private final CountDownLatch ready;
  private final List<Call> calls = new ArrayList<>();

  /** A call as it came in. */
  record Call(String caller, Instant at, boolean refused) {}

  /** Begins once that many callers have said that they are ready. */
  StrictServer(int limit, int callers) throws IOException {
    this.limit = limit;
    ready = new CountDownLatch(callers);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext("/call/", this::call);
    http.createContext("/ready", this::begin);
    http.start();
  }

  URI address(int caller) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/call/" + caller);
  }

  private void begin(HttpExchange exchange) throws IOException {
    ready.countDown();
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private void call(HttpExchange exchange) throws IOException {
    boolean refused = record(exchange.getRequestURI().getPath());
    exchange.sendResponseHeaders(refused ? 429 : 204, -1);
  }

  private synchronized boolean record(String caller) {
    Instant now = Instant.now();
    Instant second = now.minusSeconds(1);
    long recent =
        calls.reversed().stream()
            .takeWhile(call -> call.at.isAfter(second))
            .filter(call -> !call.refused)
            .count();
    boolean refused = recent >= limit;
    calls.add(new Call(caller, now, refused));
    return refused;
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** From the first call to the last one. */
  Duration time() {
    List<Call> all = calls();
    return Duration.between(all.getFirst().at, all.getLast().at);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
