package dev.polycert.provider;

import dev.polycert.call.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes raw answers and credentials for tests. */
public final class Answers {
  public static final String SECRET = "canary-secret-9d2f41";
  public static final String TOKEN = "canary-token-77ab03";

  private Answers() {}

  public static HttpAnswer raw(int status, String body) {
    return raw(status, Map.of(), body);
  }

  public static HttpAnswer raw(int status, Map<String, String> headers, String body) {
    return new HttpAnswer(status, headers::get, body.getBytes(StandardCharsets.UTF_8));
  }
}
