package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.polycert.call.Answer;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.Trimmed;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelope of API 3.0: {@code {"Response":{…,"RequestId":"…"}}} with HTTP status 200 for
 * successes and failures alike; a failure has the member {@code Error} with {@code Code} and {@code
 * Message}. Unknown members are passed over; a type that refuses to be built for want of a member
 * makes the answer malformed.
 */
final class TencentEnvelope<T> implements Decoder<T> {
  private final ObjectReader reader;
  private final ErrorTable errors;

  TencentEnvelope(Class<T> type, ErrorTable errors) {
    this.reader = TencentClient.JSON.readerFor(type);
    this.errors = errors;
  }

  @Override
  public Answer<T> decode(HttpAnswer answer) throws IOException {
    if (answer.status() != 200) {
      return error(
          TencentErrors.SERVER_SIDE, "HTTP " + answer.status() + ", not 200", null, answer);
    }
    JsonNode response = reader.readTree(answer.body()).path("Response");
    if (!response.isObject()) {
      throw new IOException("no Response");
    }
    String requestId =
        VendorText.cleanOrNull(Trimmed.orNull(response.path("RequestId").textValue()));
    JsonNode error = response.path("Error");
    if (!error.isMissingNode() && !error.isNull()) {
      String code = Trimmed.orNull(error.path("Code").textValue());
      if (code == null) {
        throw new IOException("an Error without Code");
      }
      return error(code, error.path("Message").textValue(), requestId, answer);
    }
    return new Answer.Success<>(reader.readValue(response), requestId);
  }

  private Answer<T> error(
      String code, @Nullable String message, @Nullable String requestId, HttpAnswer answer) {
    return Answer.refused(
        new VendorError(
            errors.classOf(code), code, Trimmed.orEmpty(message), requestId, answer.retryAfter()));
  }
}
