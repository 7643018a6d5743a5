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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the answers of vendors that send the result, or a code and a message, as a JSON object. */
public abstract class JsonEnvelope {
  /** Statuses that are clear errors without a code, as gateways send them. */
  private static final Set<Integer> CLEAR = Set.of(401, 403, 429);

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
   * @param wanted picks the value out of a successful answer; an answer without it is an error,
   *     because nothing is no success
   * @param what names the value in that error
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

  /** Picks the value out of an answer. */
  @FunctionalInterface
  public interface Pick<R> {

    Optional<R> from(JsonNode root) throws IOException;
  }

  /** A failure may have any body; a success must have an object or the status 204. */
  private JsonNode object(HttpAnswer answer, boolean failed) throws IOException {
    // 204: no content (RFC 9110, section 15.3.5).
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
    return CLEAR.contains(status)
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

  /**
   * Picks out of a list.
   *
   * @param list its name
   * @return the first wanted item, if any, changed; nothing at all where there is no list
   */
  public static <R> Pick<Optional<R>> firstOf(
      String list, Predicate<JsonNode> wanted, Function<JsonNode, R> change) {
    return root -> {
      JsonNode items = root.path(list);
      return items.isArray()
          ? Optional.of(items.valueStream().filter(wanted).map(change).findFirst())
          : Optional.empty();
    };
  }

  /** All elements of a list that are wanted, changed; no answer without the list. */
  public static <R> Pick<List<R>> allOf(
      String list, Predicate<JsonNode> wanted, Function<JsonNode, R> change) {
    return root -> {
      JsonNode items = root.path(list);
      return items.isArray()
          ? Optional.of(items.valueStream().filter(wanted).map(change).toList())
          : Optional.empty();
    };
  }

  /** The texts of a list, none where there is no list. */
  public static List<String> texts(JsonNode list) {
    return list.valueStream().filter(JsonNode::isTextual).map(JsonNode::asText).toList();
  }

  /** The text of the first member of these names that has a simple value. */
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
