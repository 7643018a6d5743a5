package dev.polycert.function.invocation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a request came to nothing, RFC 9457.
 *
 * @param type {@code about:blank}: the problem is what the status says (section 4.2.1)
 * @param title the status in words
 * @param instance of an unexpected fault: under what id its details were logged
 * @param errors what is wrong with which member of the request
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    List<FieldError> errors) {

  /** Of its media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A sentence need not repeat more errors than a person reads in one. */
  private static final int SPOKEN = 20;

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem that is what its status says. */
  public static Problem of(int status, String detail) {
    return of(status, detail, List.of());
  }

  static Problem of(int status, String detail, List<FieldError> errors) {
    return new Problem("about:blank", title(status), status, detail, null, errors);
  }

  /** An unexpected fault: the id of the incident and nothing else. */
  static Problem incident(String id) {
    return new Problem(
        "about:blank",
        title(500),
        500,
        "Something unexpected happened. Its details are in the log under this incident's id.",
        id,
        List.of());
  }

  /** The problem as one text, for callers that get no JSON. */
  String sentence() {
    if (instance != null) {
      return detail + " Incident: " + instance;
    }
    if (errors.isEmpty()) {
      return detail;
    }
    String spoken =
        errors.stream().limit(SPOKEN).map(FieldError::toString).collect(Collectors.joining("; "));
    return errors.size() > SPOKEN ? spoken + "; … (" + errors.size() + " in all)" : spoken;
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> throw new IllegalArgumentException("no title for status " + status);
    };
  }
}
