package dev.polycert.testing;

/** What an HTTP server answered. */
public record HttpAnswer(int status, String contentType, String text) {

  /** Fails where the status is another one. */
  public HttpAnswer require(int expected) {
    if (status != expected) {
      throw new AssertionError("Answered %d, not %d: %s".formatted(status, expected, text));
    }
    return this;
  }

  public JsonTree json() {
    return JsonTree.of(text);
  }
}
