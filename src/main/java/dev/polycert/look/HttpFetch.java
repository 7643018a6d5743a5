package dev.polycert.look;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Gets one URL from one address: no redirects, no other address than the given one, bounded in time
 * and size. Blocks; for virtual threads only.
 */
@ApplicationScoped
class HttpFetch {
  static final int MOST_BYTES = 64 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** The redirects that a CA follows (CA/B Forum Baseline Requirements 3.2.2.4.18). */
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

  private final HttpClient client;

  HttpFetch(Vertx vertx) {
    // CAs do not check certificates here either, because the file may serve to get the first one.
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAlive(false)
                .setTrustAll(true)
                .setVerifyHost(false));
  }

  /** The result of getting a URL. */
  sealed interface Fetched {
    /**
     * An answer.
     *
     * @param target where the answer redirects to, null when it does not
     * @param body at most {@link #MOST_BYTES}; null when there was more
     */
    record Response(int status, @Nullable String target, byte @Nullable [] body)
        implements Fetched {}

    /**
     * No complete answer.
     *
     * @param why continues a sentence that starts with the server's name
     */
    record Broken(String why) implements Fetched {}
  }

  /**
   * Gets a URL.
   *
   * @param port of the connection; the {@code Host} header names it where the URL does
   */
  Fetched get(URI url, InetAddress address, int port, Duration limit) {
    CompletableFuture<Fetched> done = new CompletableFuture<>();
    client
        .request(options(url, address, port))
        .onFailure(done::completeExceptionally)
        .onSuccess(request -> exchange(request, done));
    try {
      return done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      return new Fetched.Broken(explain(failed.getCause()));
    }
  }

  private static RequestOptions options(URI url, InetAddress address, int port) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(url.getHost())
        .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
        .setSsl(tls)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  private static void exchange(HttpClientRequest request, CompletableFuture<Fetched> done) {
    var _ = done.whenComplete((fetched, failure) -> request.reset());
    request
        .send()
        .onFailure(done::completeExceptionally)
        .onSuccess(response -> collect(response, done));
  }

  private static void collect(HttpClientResponse response, CompletableFuture<Fetched> done) {
    Buffer body = Buffer.buffer();
    int status = response.statusCode();
    String target = REDIRECTS.contains(status) ? response.getHeader("Location") : null;
    response.handler(
        chunk -> {
          body.appendBuffer(chunk);
          if (body.length() > MOST_BYTES) {
            done.complete(new Fetched.Response(status, target, null));
          }
        });
    response.exceptionHandler(done::completeExceptionally);
    response.endHandler(
        end -> done.complete(new Fetched.Response(status, target, body.getBytes())));
  }

  private static String explain(@Nullable Throwable failure) {
    return switch (failure) {
      case TimeoutException e -> "gave no complete answer in time";
      case ConnectException e -> "refuses the connection, or cannot be reached";
      case SSLException e -> "cannot be spoken to over TLS";
      case null, default -> "broke the connection before the answer was complete";
    };
  }
}
