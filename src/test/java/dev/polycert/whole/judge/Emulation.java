package dev.polycert.whole.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Validation;
import dev.polycert.sandbox.RunningSandbox;
import java.time.Duration;
import java.util.List;

/** A sandbox that runs, in the application under test or for the judges alone. */
final class Emulation {
  private final String authority;
  private final SandboxControl sandbox;

  Emulation(int port) {
    authority = "127.0.0.1:" + port;
    sandbox = new SandboxControl(port);
  }

  static Emulation of(RunningSandbox sandbox) {
    return new Emulation(sandbox.uri("/").getPort());
  }

  String authority() {
    return authority;
  }

  JsonNode control(String method, String path, String body) {
    return sandbox.control(method, path, body);
  }

  void reset() {
    control("POST", "reset", "{}");
  }

  void advance(Duration time) {
    control("POST", "clock", "{\"advance\":\"" + time + "\"}");
  }

  void publish(String name, String type, String value) {
    control(
        "PUT",
        "dns",
        "{\"name\":\"%s\",\"type\":\"%s\",\"value\":\"%s\"}".formatted(name, type, value));
  }

  /** Publishes as the owner of the domain does who reads our answer. */
  void publish(List<Validation> validations) {
    validations.forEach(each -> publish(each.recordName(), each.recordType(), each.recordValue()));
  }
}
