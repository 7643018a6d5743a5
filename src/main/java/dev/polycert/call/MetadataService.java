package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The metadata service of the machine. It is a hop away or not there at all, so it gets little
 * time. Redirects are not followed.
 */
public final class MetadataService {
  static final Duration CONNECT = Duration.ofSeconds(1);

  /** The time-out of Huawei Cloud's SDK; that of Alibaba Cloud's is one second. */
  private static final Duration TOTAL = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final URI address;

  MetadataService(HttpClient client, URI address) {
    this.client = client;
    this.address = address;
  }

  /** An answer with any status. */
  public record Reply(int status, String body) {

    public boolean succeeded() {
      return status == 200;
    }

    /** The body as JSON; a missing node where it is none. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        return MissingNode.getInstance();
      }
    }

    /** The body may hold keys. */
    @Override
    public String toString() {
      return "Reply[status=" + status + "]";
    }
  }

  /** Reads a path. */
  public Uni<Answer<Reply>> get(String path, Map<String, String> headers) {
    return ask(HttpMethod.GET, path, headers);
  }

  /** Sends an empty PUT to a path; metadata services give their tokens so. */
  public Uni<Answer<Reply>> put(String path, Map<String, String> headers) {
    return ask(HttpMethod.PUT, path, headers);
  }

  private Uni<Answer<Reply>> ask(HttpMethod method, String path, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setAbsoluteURI(address.resolve(path).toString());
    headers.forEach(options::putHeader);
    if (method.equals(HttpMethod.PUT)) {
      // RFC 9110, section 8.6: some servers wait for this header.
      options.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    }
    AtomicReference<@Nullable HttpClientRequest> made = new AtomicReference<>();
    return Uni.createFrom()
        .completionStage(
            () ->
                client
                    .request(options)
                    .onSuccess(made::set)
                    .compose(MetadataService::exchange)
                    .toCompletionStage())
        .ifNoItem()
        .after(TOTAL)
        .fail()
        .map(Answer::of)
        .onFailure()
        .invoke(() -> reset(made.get()))
        .onFailure()
        .recoverWithItem(failed -> Answer.refused(TransportErrors.of(failed)));
  }

  /** Closes the connection to a service that is too slow. */
  private static void reset(@Nullable HttpClientRequest request) {
    if (request != null) {
      request.reset();
    }
  }

  private static Future<Reply> exchange(HttpClientRequest request) {
    return request
        .idleTimeout(TOTAL.toMillis())
        .send()
        .compose(response -> read(request, response));
  }

  private static Future<Reply> read(HttpClientRequest request, HttpClientResponse response) {
    Promise<Reply> read = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          body.appendBuffer(chunk);
          if (body.length() > MOST_BYTES) {
            read.tryFail(new RestClients.TooLargeException(response.statusCode()));
            request.reset();
          }
        });
    response.exceptionHandler(read::tryFail);
    response.endHandler(
        end -> read.tryComplete(new Reply(response.statusCode(), body.toString(UTF_8))));
    return read.future();
  }

  /** The refusal of a role by its metadata service. */
  public static <T> Answer<T> refused(ErrorClass errorClass, String why) {
    return Answer.refused(new VendorError(errorClass, "Role.NoKeys", why));
  }

  /** The refusal for an answer that is no success and has no meaning of its own. */
  public static <T> Answer<T> refused(Reply reply) {
    ErrorClass errorClass =
        reply.status() == 429 || reply.status() >= 500 || reply.succeeded()
            ? ErrorClass.RETRY
            : ErrorClass.CREDENTIALS;
    return refused(
        errorClass,
        reply.succeeded()
            ? "the metadata service of this machine gave no keys"
            : "the metadata service of this machine answered HTTP " + reply.status());
  }
}
