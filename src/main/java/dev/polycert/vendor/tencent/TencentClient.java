package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Caller;
import dev.polycert.call.Account;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Calls the operations of one product with the keys of one account. */
public final class TencentClient {
  private static final String LANGUAGE = "en-US";

  private final Product product;
  private final Account account;
  private final Credentials credentials;
  private final TencentApi api;
  private final Caller calls;
  private final ObjectMapper json;

  TencentClient(
      Product product,
      Account account,
      Credentials credentials,
      TencentApi api,
      Caller calls,
      ObjectMapper json) {
    this.product = product;
    this.account = account;
    this.credentials = credentials;
    this.api = api;
    this.calls = calls;
    this.json = json;
  }

  /**
   * A product of Tencent Cloud.
   *
   * @param service its name in signatures, {@code ssl}
   * @param version the version of its API, {@code 2019-12-05}
   */
  public record Product(String service, String version, ErrorTable errors) {}

  /** The account whose keys sign. */
  public Account account() {
    return account;
  }

  /**
   * Calls an operation that changes nothing, or only triggers what may be triggered any number of
   * times.
   *
   * @param request written as JSON
   * @param type read from the answer's {@code Response}
   */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Object request, Class<T> type) {
    return read(operation, context, request, type, product.errors());
  }

  /** As above, for an operation that gives some error codes a meaning of its own. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Object request, Class<T> type, ErrorTable errors) {
    return Answer.ifConfigured(
        account,
        () -> calls.read(operation, context, call(operation, request), envelope(type, errors)));
  }

  /** Calls an operation that changes something. */
  public <T> Uni<Answer<T>> write(
      String operation, CallContext context, Object request, Class<T> type) {
    return Answer.ifConfigured(
        account,
        () ->
            calls.write(
                operation, context, call(operation, request), envelope(type, product.errors())));
  }

  private Supplier<Uni<Response>> call(String operation, Object request) {
    byte[] body = JsonBody.of(request);
    return () -> api.call(operation, product.version(), LANGUAGE, body);
  }

  private <T> Decoder<T> envelope(Class<T> type, ErrorTable errors) {
    return new TencentEnvelope<>(json, type, errors, credentials);
  }
}
