package dev.polycert.vendor.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.HttpAnswer;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Huawei Cloud answers: the result at the top level, or {@code error_code} and {@code
 * error_msg}; gateways also send {@code code} and {@code message}, at the top or one level below.
 */
public final class HuaweiEnvelope extends JsonEnvelope {

  public HuaweiEnvelope(Credentials credentials) {
    this(HuaweiErrors.TABLE, credentials);
  }

  /** Reads the answers of a service with error codes of its own. */
  public HuaweiEnvelope(ErrorTable errors, Credentials credentials) {
    super(errors, credentials);
  }

  @Override
  protected Optional<Told> error(JsonNode root, boolean failed) {
    return failed
        ? Stream.concat(Stream.of(root), root.valueStream())
            .flatMap(object -> told(object, "error_code", "code").stream())
            .findFirst()
        : told(root, "error_code");
  }

  private static Optional<Told> told(JsonNode object, String... codes) {
    return Optional.ofNullable(first(object, codes))
        .map(code -> new Told(code, first(object, "error_msg", "message")));
  }

  /** The header comes first: errors of SCM itself carry no id in the body. */
  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    String inHeader = answer.header().apply("X-Request-Id");
    return inHeader != null ? inHeader : first(root, "request_id");
  }
}
