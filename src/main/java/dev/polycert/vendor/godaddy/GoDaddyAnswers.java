package dev.polycert.vendor.godaddy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.dns.RecordSets.Held;
import java.util.List;
import java.util.Optional;

/** Reads the answers: a list of records, nothing at all, or {@code {"code", "message"}}. */
final class GoDaddyAnswers {
  private static final String RECORDS = "records";

  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "TOO_MANY_REQUESTS", "QUOTA_EXCEEDED")
          // Also of accounts that may not use the API ("Domains API").
          .put(ErrorClass.CREDENTIALS, "ACCESS_DENIED", "UNABLE_TO_AUTHENTICATE", "UNAUTHORIZED")
          // The same record; another one that it cannot stand beside.
          .put(ErrorClass.ALREADY_APPLIED, "DUPLICATE_RECORD", "CONFLICT")
          .put(ErrorClass.FINAL, "UNKNOWN_DOMAIN", "NOT_FOUND", "INVALID_BODY", "INACTIVE_DOMAIN")
          .put(ErrorClass.RETRY, "INTERNAL_SERVER_ERROR", "SERVER_ERROR", "TIMEOUT")
          .build();

  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(
          ERRORS,
          "X-Request-Id",
          (root, failed) ->
              failed ? JsonEnvelope.Said.in(root, "code", "message") : Optional.empty());

  private GoDaddyAnswers() {}

  /** Decodes the records of a name and type; empty where there are none. */
  static Decoder<Optional<Held>> records(String name) {
    Decoder<Optional<Held>> decoder =
        ENVELOPE.decoder(
            root ->
                root.path(RECORDS).isArray()
                    ? Optional.of(held(name, root.path(RECORDS)))
                    : Optional.empty(),
            "a list of records");
    return answer -> decoder.decode(asObject(answer));
  }

  private static Optional<Held> held(String name, JsonNode records) {
    List<String> values = records.valueStream().map(it -> it.path("data").asText()).toList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Held(name, records.path(0).path("ttl").asLong(), values));
  }

  /** Decodes the answer to a change, whose success says nothing. */
  static Decoder<String> done(String name) {
    Decoder<String> decoder = ENVELOPE.decoder(root -> Optional.of(name), "an end");
    return answer -> decoder.decode(asObject(answer));
  }

  /** The answer as an object, which the envelope reads. */
  private static HttpAnswer asObject(HttpAnswer answer) {
    String body = new String(answer.body(), UTF_8).strip();
    if (body.startsWith("[")) {
      body = "{\"" + RECORDS + "\":" + body + "}";
    } else if (body.isEmpty() && answer.status() / 100 == 2) {
      body = "{}";
    }
    return new HttpAnswer(answer.status(), answer.header(), body.getBytes(UTF_8));
  }
}
