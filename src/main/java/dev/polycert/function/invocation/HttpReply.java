package dev.polycert.function.invocation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer, whoever sends it.
 *
 * @param body JSON text; null when there is none
 */
public record HttpReply(int status, Map<String, String> headers, @Nullable String body) {

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  static HttpReply json(int status, String mediaType, String body) {
    return new HttpReply(
        status,
        Map.of(
            "content-type", mediaType,
            "cache-control", "no-store",
            "x-content-type-options", "nosniff"),
        body);
  }

  /** The same answer with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body);
  }

  /** The same answer as a HEAD request gets it. */
  HttpReply withoutBody() {
    return new HttpReply(status, headers, null);
  }
}
