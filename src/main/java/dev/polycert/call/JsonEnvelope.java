package dev.polycert.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the answers of vendors that send the result, or a code and a message, as a JSON object. */
public abstract class JsonEnvelope {
  /** Statuses that say enough by themselves, should a gateway send them without any code. */
  private static final Set<Integer> TELLING = Set.of(401, 403, 429);

  private static final JsonInclude.Value NO_NULLS =
      JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);

  private final ErrorTable errors;
  private final ObjectMapper json;

  protected JsonEnvelope(ErrorTable errors) {
    this(errors, PropertyNamingStrategies.LOWER_CAMEL_CASE);
  }

  /**
   * @param naming how the vendor writes the names of our records' components
   */
  protected JsonEnvelope(ErrorTable errors, PropertyNamingStrategy naming) {
    this.errors = errors;
    this.json =
        VendorJson.forgiving(
            JsonMapper.builder()
                .propertyNamingStrategy(naming)
                .defaultPropertyInclusion(NO_NULLS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build());
  }

  /** A code and a message as the vendor sent them. */
  public record Said(String code, @Nullable String message) {

    /** Reads them from an object with these members; empty without a code. */
    public static Optional<Said> in(JsonNode object, String code, String... messages) {
      return Optional.ofNullable(first(object, code))
          .map(present -> new Said(present, first(object, messages)));
    }
  }

  /** Finds the vendor's error as {@link #error} does. */
  @FunctionalInterface
  public interface ErrorFinder {

    Optional<Said> in(JsonNode root, boolean failed);
  }

  /** Makes the envelope of a vendor that sends its id of the call in a header. */
  public static JsonEnvelope of(ErrorTable errors, String requestIdHeader, ErrorFinder finder) {
    return new JsonEnvelope(errors) {
      @Override
      protected Optional<Said> error(JsonNode root, boolean failed) {
        return finder.in(root, failed);
      }

      @Override
      protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
        return answer.header().apply(requestIdHeader);
      }
    };
  }

  /**
   * Finds the vendor's error.
   *
   * @param failed whether the status is an error; some vendors send errors with 200
   */
  protected abstract Optional<Said> error(JsonNode root, boolean failed);

  /** The vendor's id of the call. */
  protected abstract @Nullable String requestId(JsonNode root, HttpAnswer answer);

  /** Decodes one operation's answer into a type of its own. */
  public final <T, R> Decoder<R> decoder(
      Class<T> type, Function<T, Optional<R>> wanted, String what) {
    return decoder(root -> wanted.apply(json.treeToValue(root, type)), what);
  }

  /**
   * Decodes one operation's answer.
   *
   * @param wanted picks what was asked for out of a successful answer; without it nothing would
   *     pass for success
   * @param what names that for the error that an answer without it becomes
   */
  public final <R> Decoder<R> decoder(Pick<R> wanted, String what) {
    return answer -> {
      boolean failed = answer.status() / 100 != 2;
      JsonNode root = object(answer, failed);
      String requestId = VendorText.cleanOrNull(requestId(root, answer));
      Optional<Said> said = error(root, failed).or(() -> byStatus(answer.status()));
      if (said.isPresent()) {
        return Answer.refused(error(said.get(), answer, requestId));
      }
      if (failed) {
        throw new IOException("no error code");
      }
      Optional<R> value = wanted.from(root);
      return value.isPresent()
          ? new Answer.Success<>(value.get(), requestId)
          : Answer.refused(incomplete(what, requestId));
    };
  }

  /** Writes a request's body with the same names, without the members that are null. */
  public final byte[] body(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body.getClass().getSimpleName() + " is no JSON", e);
    }
  }

  /** Picks what was asked for out of an answer. */
  @FunctionalInterface
  public interface Pick<R> {

    Optional<R> from(JsonNode root) throws IOException;
  }

  /** A failure may come with any body; a success may not, but with none when it says so. */
  private JsonNode object(HttpAnswer answer, boolean failed) throws IOException {
    // 204 says that it has no content (RFC 9110, section 15.3.5).
    boolean mayBeEmpty = failed || answer.status() == 204;
    JsonNode root = null;
    try {
      root = json.readTree(answer.body());
    } catch (JsonProcessingException noJson) {
      if (!failed) {
        throw noJson;
      }
    }
    if (root != null && root.isObject()) {
      return root;
    }
    if (mayBeEmpty) {
      return json.createObjectNode();
    }
    throw new IOException("no JSON object");
  }

  private static Optional<Said> byStatus(int status) {
    return TELLING.contains(status)
        ? Optional.of(new Said("HTTP." + status, "without an error code"))
        : Optional.empty();
  }

  private VendorError error(Said said, HttpAnswer answer, @Nullable String requestId) {
    return new VendorError(
        StatusCodes.classify(errors, said.code(), answer.status()),
        said.code(),
        Objects.requireNonNullElse(said.message(), ""),
        requestId,
        answer.retryAfter());
  }

  private static VendorError incomplete(String what, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.RETRY, "Answer.Incomplete", "success without " + what, requestId, null);
  }

  /** The items of the list of that name; empty where there is no list. */
  public static Optional<Stream<JsonNode>> items(JsonNode object, String name) {
    JsonNode list = object.path(name);
    return list.isArray() ? Optional.of(list.valueStream()) : Optional.empty();
  }

  /** The first member of these names that is a text or a number. */
  public static @Nullable String first(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asText().strip();
      }
    }
    return null;
  }
}
