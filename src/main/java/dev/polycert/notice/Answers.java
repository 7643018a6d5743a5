package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.JsonEnvelope.Said;
import dev.polycert.call.StatusCodes;
import dev.polycert.call.VendorError;
import java.util.Optional;

/** Reads the answers of services that take messages. */
final class Answers {
  private static final ErrorTable STATUSES =
      ErrorTable.unlistedAre(ErrorClass.FINAL).put(ErrorClass.RETRY, "HTTP.408").build();

  private Answers() {}

  /** Reads answers with a code that is 0 for a success, whatever the status is. */
  static Decoder<Boolean> byCode(ErrorTable table, String code, String message) {
    return JsonEnvelope.of(table, "X-Request-Id", (root, failed) -> failure(root, code, message))
        .decoder(
            root -> root.path(code).isNumber() ? Optional.of(true) : Optional.empty(),
            "the code " + code);
  }

  private static Optional<Said> failure(JsonNode root, String code, String message) {
    return Said.in(root, code, message).filter(said -> !said.code().equals("0"));
  }

  /** Any 2xx is a success, and nothing else is. */
  static Answer<Boolean> byStatus(HttpAnswer answer) {
    return answer.status() / 100 == 2 ? Answer.of(true) : refused(answer);
  }

  /** The error that the status of an answer reports. */
  static Answer<Boolean> refused(HttpAnswer answer) {
    String code = "HTTP." + answer.status();
    ErrorClass errorClass = StatusCodes.classify(STATUSES, code, answer.status());
    return refused(errorClass, code, answer);
  }

  static Answer<Boolean> refused(ErrorClass errorClass, String code, HttpAnswer answer) {
    return Answer.refused(
        new VendorError(errorClass, code, text(answer), null, answer.retryAfter()));
  }

  static String text(HttpAnswer answer) {
    return new String(answer.body(), UTF_8).strip();
  }
}
