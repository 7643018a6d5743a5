package dev.polycert.vendor.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.HttpAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Alibaba Cloud answers: with 200 the fields at the top level, else {@code Code}, {@code
 * Message} and {@code RequestId}, which some gateways write in lower case.
 */
public final class AlibabaEnvelope extends JsonEnvelope {

  public AlibabaEnvelope(Credentials credentials) {
    this(AlibabaErrors.TABLE, credentials);
  }

  /** Reads the answers of a product with error codes of its own. */
  public AlibabaEnvelope(ErrorTable errors, Credentials credentials) {
    super(errors, credentials);
  }

  @Override
  protected Optional<Told> error(JsonNode root, boolean failed) {
    String code = failed ? first(root, "Code", "code") : null;
    return Optional.ofNullable(code)
        .map(present -> new Told(present, first(root, "Message", "message")));
  }

  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    String inBody = first(root, "RequestId", "requestId");
    return inBody != null ? inBody : answer.header().apply("x-acs-request-id");
  }
}
