package dev.polycert.vendor.acme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;

/**
 * Reads answers whole, up to a size and within a time. acme4j's own connection hands out a stream
 * without end, has a timeout for the headers alone, and leaves streams of errors open.
 */
final class BoundedConnection extends DefaultConnection {
  private final Conversation conversation;
  private final Duration timeout;
  private final long maxResponse;

  BoundedConnection(
      HttpConnector connector, Conversation conversation, Duration timeout, long maxResponse) {
    super(connector);
    this.conversation = conversation;
    this.timeout = timeout;
    this.maxResponse = maxResponse;
  }

  @Override
  protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body)
      throws IOException {
    HttpRequest.Builder request =
        httpConnector
            .createRequestBuilder(url)
            .header("Accept-Charset", "utf-8")
            .header("Accept-Language", "en");
    body.accept(request);
    Duration left = conversation.left();
    Duration longest = left.compareTo(timeout) < 0 ? left : timeout;
    if (!longest.isPositive()) {
      throw new HttpTimeoutException("no time is left");
    }
    HttpResponse<InputStream> answer = receive(request.timeout(longest).build(), longest);
    conversation.answered(answer.statusCode(), answer.headers());
    lastResponse = answer;
  }

  private HttpResponse<InputStream> receive(HttpRequest request, Duration longest)
      throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        httpClient.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                head ->
                    HttpResponse.BodySubscribers.mapping(
                        HttpResponse.BodySubscribers.ofByteArray(), ByteArrayInputStream::new),
                maxResponse));
    try {
      return answer.get(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no complete answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  /** acme4j fails on a header that is neither seconds nor a date; such a header is ignored here. */
  @Override
  public Optional<Instant> getRetryAfter() {
    return conversation.retryAt();
  }
}
