package dev.polycert.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param path undecoded, without the query
 * @param rawQuery undecoded, without {@code ?}; empty when there is none
 * @param headers by lower-case name
 */
public record SandboxRequest(
    String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
