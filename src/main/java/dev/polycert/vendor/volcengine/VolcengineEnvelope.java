package dev.polycert.vendor.volcengine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"ResponseMetadata": {"RequestId", "Error": {"Code", "Message"}}, "Result"}}; errors come
 * with any status.
 */
final class VolcengineEnvelope extends JsonEnvelope {

  /** The codes of all services (volcengine.com/docs/6369/68677); others go by their status. */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.CREDENTIALS, "InvalidAccessKey", "SignatureDoesNotMatch", "AccessDenied")
          .put(ErrorClass.CREDENTIALS, "InvalidAuthorization", "InvalidCredential")
          .put(ErrorClass.CREDENTIALS, "MissingAuthenticationToken", "MissingSignature")
          .put(ErrorClass.CLOCK, "InvalidTimestamp")
          .put(ErrorClass.FINAL, "MissingParameter", "MissingRequestInfo")
          .put(ErrorClass.FINAL, "ServiceNotFound", "InvalidActionOrVersion")
          .put(ErrorClass.RETRY, "InternalError", "InternalServiceTimeout")
          .build();

  VolcengineEnvelope() {
    super(ERRORS);
  }

  @Override
  protected Optional<Said> error(JsonNode root, boolean failed) {
    return Said.in(root.at("/ResponseMetadata/Error"), "Code", "Message");
  }

  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    return first(root.path("ResponseMetadata"), "RequestId");
  }
}
