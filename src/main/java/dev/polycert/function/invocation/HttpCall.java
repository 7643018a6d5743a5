package dev.polycert.function.invocation;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, whoever received it.
 *
 * @param method upper case
 * @param path without the stage and the query
 * @param headers by lower-case name
 * @param body null or empty when there is none
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> headers,
    Map<String, String> query,
    byte @Nullable [] body) {

  /** The largest body that is read, in bytes. */
  public static final int MAX_BODY = 1 << 20;

  public HttpCall {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }

  /** The media type without parameters, in lower case; null when the request does not tell. */
  @Nullable String mediaType() {
    String header = headers.get("content-type");
    return header == null || header.isBlank()
        ? null
        : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
