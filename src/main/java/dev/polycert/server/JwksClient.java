package dev.polycert.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/** Fetches the keys of an issuer (RFC 7517, section 5), within bounds of time and size. */
final class JwksClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration TOTAL = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 256 << 10;
  private static final int OK = 200;

  private final Vertx vertx;
  private final URI address;
  private final HttpClient client;

  JwksClient(Vertx vertx, URI address) {
    this.vertx = vertx;
    this.address = address;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxWaitQueueSize(1));
  }

  /** Fetches them; redirects are not followed. */
  Future<String> get() {
    Promise<String> body = Promise.promise();
    long timer =
        vertx.setTimer(TOTAL.toMillis(), late -> body.tryFail("no answer within " + TOTAL));
    client
        .request(new RequestOptions().setAbsoluteURI(address.toString()))
        .onFailure(body::tryFail)
        .onSuccess(request -> send(request, body));
    return body.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static void send(HttpClientRequest request, Promise<String> body) {
    body.future().onFailure(failed -> request.reset());
    request
        .send()
        .onFailure(body::tryFail)
        .onSuccess(
            response -> {
              response.exceptionHandler(body::tryFail);
              if (response.statusCode() == OK) {
                read(response, body);
              } else {
                body.tryFail("the answer is " + response.statusCode());
              }
            });
  }

  private static void read(HttpClientResponse response, Promise<String> body) {
    Buffer read = Buffer.buffer();
    response.endHandler(end -> body.tryComplete(read.toString()));
    response.handler(
        chunk -> {
          if (read.length() + chunk.length() > MOST_BYTES) {
            body.tryFail("the answer has more than " + MOST_BYTES + " bytes");
          } else {
            read.appendBuffer(chunk);
          }
        });
  }
}
