package dev.polycert.vendor.digitalocean;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code {"id", "message", "request_id"}} for errors ("HTTP Statuses"). */
final class DigitalOceanEnvelope extends JsonEnvelope {
  static final String NOT_FOUND = "not_found";

  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "too_many_requests")
          .put(ErrorClass.CREDENTIALS, "unauthorized", "forbidden")
          // The request is understood and refused: another record may be in the way.
          .put(ErrorClass.ALREADY_APPLIED, "unprocessable_entity")
          .put(ErrorClass.FINAL, NOT_FOUND, "bad_request")
          .put(ErrorClass.RETRY, "server_error", "service_unavailable")
          .build();

  DigitalOceanEnvelope() {
    super(ERRORS);
  }

  @Override
  protected Optional<Said> error(JsonNode root, boolean failed) {
    return failed ? Said.in(root, "id", "message") : Optional.empty();
  }

  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    String id = first(root, "request_id");
    return id == null ? answer.header().apply("X-Request-Id") : id;
  }
}
