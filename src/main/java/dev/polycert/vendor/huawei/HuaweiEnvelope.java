package dev.polycert.vendor.huawei;

import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Huawei Cloud answers: the result at the top level, or {@code error_code} and {@code
 * error_msg}; gateways also send {@code code} and {@code message}, at the top or one level below.
 * CDN sends errors with the status 200, in a member {@code error}.
 */
public final class HuaweiEnvelope extends JsonEnvelope {

  /** Reads the answers of a service with error codes of its own. */
  public HuaweiEnvelope(ErrorTable errors) {
    super(errors, PropertyNamingStrategies.SNAKE_CASE);
  }

  /**
   * Starts a service's table with the codes of the API gateway, which spells them in two ways; what
   * is not listed is final.
   */
  public static ErrorTable.Builder gatewayErrors() {
    return ErrorTable.unlistedAre(FINAL)
        .put(THROTTLED, both("0308"))
        .put(RETRY, both("06*"))
        .put(CREDENTIALS, both("0301", "0302", "0303", "0304", "0305", "0306", "0307"))
        .put(FINAL, both("0101", "0103", "0104", "0105", "0106", "0201"));
  }

  private static String[] both(String... numbers) {
    return Arrays.stream(numbers)
        .flatMap(number -> Stream.of("APIGW." + number, "APIG." + number))
        .toArray(String[]::new);
  }

  @Override
  protected Optional<Said> error(JsonNode root, boolean failed) {
    return failed
        ? Stream.concat(Stream.of(root), root.valueStream())
            .flatMap(object -> said(object, "error_code", "code").stream())
            .findFirst()
        : said(root, "error_code").or(() -> said(root.path("error"), "error_code"));
  }

  private static Optional<Said> said(JsonNode object, String... codes) {
    return Optional.ofNullable(first(object, codes))
        .map(code -> new Said(code, first(object, "error_msg", "message")));
  }

  /** The header comes first: errors of SCM itself carry no id in the body. */
  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    String inHeader = answer.header().apply("X-Request-Id");
    return inHeader != null ? inHeader : first(root, "request_id");
  }
}
