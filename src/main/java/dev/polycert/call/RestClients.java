package dev.polycert.call;

import com.google.common.base.Suppliers;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.StreamResetException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes REST clients whose every exchange is bounded in time, size and queue. */
@ApplicationScoped
public class RestClients {
  private final HttpConfig config;
  private final Vertx vertx;

  RestClients(HttpConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /**
   * The address of a service: its own one as configured, else the one for all, else the vendor's.
   */
  public URI endpoint(Optional<URI> own, URI vendors) {
    return own.or(config::endpoint).orElse(vendors);
  }

  /**
   * Builds a client for one vendor endpoint. Errors of the vendor come back as responses, never as
   * exceptions; redirects are not followed, because a signature is for one host.
   *
   * @param api an interface whose methods return {@code Uni<jakarta.ws.rs.core.Response>}
   * @param endpoint see {@link #endpoint}
   */
  public <T> T build(Class<T> api, URI endpoint, ClientRequestFilter signer) {
    return build(api, endpoint, signer, Peers.ANY);
  }

  /** Builds a client as the other method does, which talks to these peers alone. */
  public <T> T build(Class<T> api, URI endpoint, ClientRequestFilter signer, Peers peers) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(rooted(endpoint))
        .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(config.totalTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .followRedirects(false)
        .disableDefaultMapper(true)
        .property("io.quarkus.rest.client.connection-pool-size", config.poolSize())
        .httpClientOptionsCustomizer(
            options -> {
              limitQueue(options);
              peers.trust(options);
            })
        .httpClientRequestCustomizer(
            request -> {
              if (peers.allow(request.connection().remoteAddress())) {
                bound(request);
              } else {
                request.reset(0, new StreamResetException(0, new ForbiddenAddressException()));
              }
            })
        .register(signer)
        .build(api);
  }

  /** A query that follows the host at once would make a request of no form (RFC 9112, 3.2.1). */
  private static URI rooted(URI endpoint) {
    return "".equals(endpoint.getRawPath()) ? endpoint.resolve("/") : endpoint;
  }

  /**
   * Builds a client as {@link #build} does, but when it is first used, because most services are
   * never called.
   */
  public <T> Supplier<T> lazily(
      Class<T> api, Optional<URI> own, URI vendors, Supplier<ClientRequestFilter> signer) {
    return Suppliers.memoize(() -> build(api, endpoint(own, vendors), signer.get()));
  }

  private void limitQueue(HttpClientOptions options) {
    options.setMaxWaitQueueSize(config.waitQueue());
    options.setDecompressionSupported(false);
  }

  /**
   * The client library bounds the silence between bytes but neither the whole exchange nor its
   * size: a timer and a byte count reset the stream instead.
   */
  private void bound(HttpClientRequest request) {
    CutAnswers.watch(request.connection());
    long timer =
        vertx.setTimer(
            config.totalTimeout().toMillis(),
            late -> request.reset(0, new StreamResetException(0, new TooSlowException())));
    request
        .response()
        .onFailure(failed -> vertx.cancelTimer(timer))
        .onSuccess(response -> count(request, response, timer));
  }

  private void count(HttpClientRequest request, HttpClientResponse response, long timer) {
    long[] received = {0};
    response.handler(
        (Buffer chunk) -> {
          received[0] += chunk.length();
          if (received[0] > config.maxResponse().asLongValue()) {
            request.reset(
                0, new StreamResetException(0, new TooLargeException(response.statusCode())));
          }
        });
    response.end().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** The exchange took longer than it may. */
  public static final class TooSlowException extends RuntimeException {
    TooSlowException() {
      super("no complete answer in time", null, false, false);
    }
  }

  /** The connection leads to an address that this client may not talk to. */
  public static final class ForbiddenAddressException extends RuntimeException {
    ForbiddenAddressException() {
      super("forbidden address", null, false, false);
    }
  }

  /** The answer was larger than it may be. */
  public static final class TooLargeException extends RuntimeException {
    private final int status;

    TooLargeException(int status) {
      super("answer too large", null, false, false);
      this.status = status;
    }

    /** The one that a call failed with; empty where it failed otherwise. */
    public static Optional<TooLargeException> in(@Nullable Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof TooLargeException found) {
          return Optional.of(found);
        }
      }
      return Optional.empty();
    }

    /** The status of the answer. */
    public int status() {
      return status;
    }
  }
}
