package dev.polycert.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the answers of vendors that send the result, or a code and a message, as a JSON object. */
public abstract class JsonEnvelope {
  /** Statuses that say enough by themselves, should a gateway send them without any code. */
  private static final Set<Integer> TELLING = Set.of(401, 403, 429);

  private static final ObjectMapper JSON = VendorJson.forgiving(new JsonMapper());

  private final ErrorTable errors;
  private final HiddenKeys keys;

  /**
   * @param credentials the keys that no text of the vendor may carry on
   */
  protected JsonEnvelope(ErrorTable errors, Credentials credentials) {
    this.errors = errors;
    this.keys = new HiddenKeys(credentials);
  }

  /** A code and a message as the vendor sent them. */
  public record Told(String code, @Nullable String message) {}

  /**
   * Finds the vendor's error.
   *
   * @param failed whether the status is an error; some vendors send errors with 200
   */
  protected abstract Optional<Told> error(JsonNode root, boolean failed);

  /** The vendor's id of the call. */
  protected abstract @Nullable String requestId(JsonNode root, RawAnswer answer);

  /**
   * Decodes one operation's answer.
   *
   * @param wanted picks what was asked for out of a successful answer; without it nothing would
   *     pass for success
   * @param what names that for the error that an answer without it becomes
   */
  public final <T, R> Decoder<R> decoder(
      Class<T> type, Function<T, Optional<R>> wanted, String what) {
    return raw -> {
      RawAnswer answer = keys.in(raw);
      boolean failed = answer.status() / 100 != 2;
      JsonNode root = object(answer, failed);
      String requestId = VendorText.cleanOrNull(requestId(root, answer));
      Optional<Told> told = error(root, failed).or(() -> byStatus(answer.status()));
      if (told.isPresent()) {
        return new Decoder.Decoded.Error<>(error(told.get(), answer, requestId));
      }
      if (failed) {
        throw new IOException("no error code");
      }
      Optional<R> value = wanted.apply(JSON.treeToValue(root, type));
      return value.isPresent()
          ? new Decoder.Decoded.Value<>(value.get(), requestId)
          : new Decoder.Decoded.Error<>(incomplete(what, requestId));
    };
  }

  /** A failure may come with any body; a success may not, but with none when it says so. */
  private JsonNode object(RawAnswer answer, boolean failed) throws IOException {
    // 204 says that it has no content (RFC 9110, section 15.3.5).
    boolean mayBeEmpty = failed || answer.status() == 204;
    JsonNode root = null;
    try {
      root = JSON.readTree(answer.body());
    } catch (JsonProcessingException noJson) {
      if (!failed) {
        throw noJson;
      }
    }
    if (root != null && root.isObject()) {
      return root;
    }
    if (mayBeEmpty) {
      return JSON.createObjectNode();
    }
    throw new IOException("no JSON object");
  }

  private static Optional<Told> byStatus(int status) {
    return TELLING.contains(status)
        ? Optional.of(new Told("HTTP." + status, "without an error code"))
        : Optional.empty();
  }

  private VendorError error(Told told, RawAnswer answer, @Nullable String requestId) {
    return new VendorError(
        StatusCodes.classify(errors, told.code(), answer.status()),
        told.code(),
        Objects.requireNonNullElse(told.message(), ""),
        requestId,
        answer.retryAfter());
  }

  private static VendorError incomplete(String what, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.RETRY, "Answer.Incomplete", "success without " + what, requestId, null);
  }

  /** The first member of these names that is a text or a number. */
  protected static @Nullable String first(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asText().strip();
      }
    }
    return null;
  }
}
