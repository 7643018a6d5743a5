package dev.polycert.vendor.alibaba;

import static dev.polycert.call.ErrorClass.CLOCK;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Alibaba Cloud answers: with 200 the fields at the top level, else {@code Code}, {@code
 * Message} and {@code RequestId}, which some gateways write in lower case.
 */
public final class AlibabaEnvelope extends JsonEnvelope {

  /** Reads the answers of a product with error codes of its own. */
  public AlibabaEnvelope(ErrorTable errors) {
    super(errors, PropertyNamingStrategies.UPPER_CAMEL_CASE);
  }

  /**
   * Starts a product's table with the codes that every OpenAPI product answers with; what is not
   * listed is final. They come with any 4xx or 5xx; the code decides, not the status.
   */
  public static ErrorTable.Builder commonErrors() {
    return ErrorTable.unlistedAre(FINAL)
        .put(THROTTLED, "Throttling*")
        .put(RETRY, "ServiceUnavailable*", "InternalError*")
        // The same bytes arrived twice: the first call may have taken effect.
        .put(RETRY, "SignatureNonceUsed")
        .put(QUOTA, "QuotaExceeded")
        .put(CLOCK, "InvalidTimeStamp*", "Unauthorized.InvalidTime")
        .put(CREDENTIALS, "Unauthorized.InvalidToken", "InvalidSecurityToken*")
        .put(CREDENTIALS, "InvalidAccessKeyId*", "SignatureDoesNotMatch", "IncompleteSignature")
        .put(CREDENTIALS, "Forbidden*", "NoPermission*")
        .put(FINAL, "Missing*", "Invalid*", "UnsupportedHTTPMethod");
  }

  @Override
  protected Optional<Said> error(JsonNode root, boolean failed) {
    String code = failed ? first(root, "Code", "code") : null;
    return Optional.ofNullable(code)
        .map(present -> new Said(present, first(root, "Message", "message")));
  }

  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    String inBody = first(root, "RequestId", "requestId");
    return inBody != null ? inBody : answer.header().apply("x-acs-request-id");
  }
}
