package dev.polycert.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer as it goes over the wire. */
public record SandboxReply(int status, Map<String, String> headers, byte[] body) {

  public SandboxReply {
    headers = Map.copyOf(headers);
  }

  public static SandboxReply json(int status, String json) {
    return new SandboxReply(
        status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
  }
}
