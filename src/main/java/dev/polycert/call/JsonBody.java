package dev.polycert.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes the bodies of requests. */
public final class JsonBody {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonBody() {}

  /** Writes a record or a tree. */
  public static byte[] of(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body.getClass().getSimpleName() + " is no JSON", e);
    }
  }
}
