package dev.polycert.provider.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A fault of the sandbox in the making. */
public record FaultSpec(ObjectNode body) {

  public static FaultSpec of(String provider, String operation, String kind) {
    return new FaultSpec(
        Caller.JSON
            .createObjectNode()
            .put("provider", provider)
            .put("operation", operation)
            .put("kind", kind));
  }

  /** The vendor's own error. */
  public static FaultSpec code(String provider, String operation, int status, String code) {
    return of(provider, operation, "CODE").with("code", code).status(status);
  }

  /** The vendor's own error, which repeats what it was sent. */
  static FaultSpec echo(String provider, String operation, int status, String code) {
    return of(provider, operation, "ECHO").with("code", code).status(status);
  }

  /** A change of the answer's text. */
  public static FaultSpec edit(
      String provider, String operation, String pattern, String replacement) {
    return of(provider, operation, "EDIT")
        .with("pattern", pattern)
        .with("replacement", replacement);
  }

  public FaultSpec with(String member, String value) {
    return new FaultSpec(body.deepCopy().put(member, value));
  }

  private FaultSpec status(int status) {
    return new FaultSpec(body.deepCopy().put("status", status));
  }

  public FaultSpec times(int times) {
    return new FaultSpec(body.deepCopy().put("times", times));
  }

  String json() {
    return body.toString();
  }
}
