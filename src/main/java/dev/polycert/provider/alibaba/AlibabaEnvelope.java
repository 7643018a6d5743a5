package dev.polycert.provider.alibaba;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.polycert.provider.Credentials;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.VendorError;
import dev.polycert.provider.http.Decoder;
import dev.polycert.provider.http.RawAnswer;
import dev.polycert.provider.http.StatusCodes;
import dev.polycert.provider.http.VendorText;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Alibaba Cloud answers: on success the fields at the top level, else {@code Code},
 * {@code Message} and {@code RequestId}, which some gateways write in lower case.
 */
public final class AlibabaEnvelope {
  private final JsonMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final Credentials credentials;

  public AlibabaEnvelope(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Decodes one operation's answer.
   *
   * @param wanted picks what was asked for out of a successful answer; without it nothing would
   *     pass for success
   * @param what names that for the error that an answer without it becomes
   */
  public <T, R> Decoder<R> decoder(Class<T> type, Function<T, Optional<R>> wanted, String what) {
    return answer -> {
      JsonNode root = json.readTree(answer.body());
      if (root == null || !root.isObject()) {
        throw new IOException("no JSON object");
      }
      String requestId = requestId(root, answer);
      if (answer.status() / 100 != 2) {
        return new Decoder.Decoded.Error<>(error(root, answer, requestId));
      }
      Optional<R> value = wanted.apply(json.treeToValue(root, type));
      return value.isPresent()
          ? new Decoder.Decoded.Value<>(value.get(), requestId)
          : new Decoder.Decoded.Error<>(incomplete(what, requestId));
    };
  }

  private VendorError error(JsonNode root, RawAnswer answer, @Nullable String requestId)
      throws IOException {
    String code = first(root, "Code", "code");
    if (code == null) {
      throw new IOException("no Code");
    }
    return new VendorError(
        StatusCodes.classify(AlibabaErrors.TABLE, code, answer.status()),
        VendorText.clean(code, credentials),
        VendorText.clean(first(root, "Message", "message"), credentials),
        requestId,
        answer.retryAfter());
  }

  private static VendorError incomplete(String what, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.RETRY, "Answer.Incomplete", "success without " + what, requestId, null);
  }

  private static @Nullable String requestId(JsonNode root, RawAnswer answer) {
    String inBody = first(root, "RequestId", "requestId");
    return inBody != null ? inBody : answer.header().apply("x-acs-request-id");
  }

  private static @Nullable String first(JsonNode root, String... names) {
    for (String name : names) {
      JsonNode value = root.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asText().strip();
      }
    }
    return null;
  }
}
