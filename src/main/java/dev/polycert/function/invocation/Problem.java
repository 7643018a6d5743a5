package dev.polycert.function.invocation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed (RFC 9457).
 *
 * @param type {@code about:blank}: the status says what the problem is (section 4.2.1)
 * @param title the status in words
 * @param instance the incident id under which an unexpected fault was logged
 * @param errors the errors of members of the request
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

  /** The media type of a problem in JSON. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The most errors in {@link #sentence()}; a person reads no more in one text. */
  private static final int SPOKEN = 20;

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem that its status names. */
  public static Problem of(int status, String detail) {
    return of(status, detail, List.of());
  }

  static Problem of(int status, String detail, List<FieldError> errors) {
    return new Problem("about:blank", title(status), status, detail, null, errors);
  }

  /** The problem of a request whose route the caller may not use. */
  public static Problem outOfScope(Route route, Principal caller) {
    String scopes =
        caller.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(", "));
    return of(
        403,
        "%s needs the scope %s; your key has: %s."
            .formatted(route, route.scope().text(), scopes.isEmpty() ? "none" : scopes));
  }

  /** An unexpected fault: reveals the id of the incident only. */
  static Problem incident(String id) {
    return new Problem(
        "about:blank",
        title(500),
        500,
        "Something unexpected happened. Its details are in the log under this incident's id.",
        id,
        List.of());
  }

  /** The problem as one text, for callers that cannot get JSON. */
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
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> throw new IllegalArgumentException("no title for status " + status);
    };
  }
}
