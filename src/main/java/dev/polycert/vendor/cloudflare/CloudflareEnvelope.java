package dev.polycert.vendor.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.RawAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"success", "errors": [{"code", "message"}], "result"}}; an error without a number
 * is classified by its status.
 */
final class CloudflareEnvelope extends JsonEnvelope {
  static final String NO_SUCH_RECORD = "81044";

  private static final ErrorTable TABLE =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "971", "10429")
          // Authentication, and headers that no token has.
          .put(ErrorClass.CREDENTIALS, "6003", "6111", "9103", "9106", "9109", "10000", "10001")
          // The same record; another one that it cannot stand beside.
          .put(ErrorClass.ALREADY_APPLIED, "81053", "81054", "81057", "81058")
          .put(ErrorClass.QUOTA, "81045")
          .put(ErrorClass.FINAL, "1001", "7000", "7003", NO_SUCH_RECORD)
          .put(ErrorClass.RETRY, "1000", "10002")
          .build();

  CloudflareEnvelope(Credentials credentials) {
    super(TABLE, credentials);
  }

  @Override
  protected Optional<Told> error(JsonNode root, boolean failed) {
    if (!failed && root.path("success").asBoolean()) {
      return Optional.empty();
    }
    JsonNode error = root.path("errors").path(0);
    return Optional.ofNullable(first(error, "code"))
        .map(code -> new Told(code, first(error, "message")));
  }

  @Override
  protected @Nullable String requestId(JsonNode root, RawAnswer answer) {
    return answer.header().apply("CF-Ray");
  }
}
