package dev.polycert.sandbox;

import dev.polycert.whole.judge.Capture;

/** Requests recorded from the vendors' own SDKs, as they come to the sandbox. */
public final class Recorded {
  private Recorded() {}

  public static SandboxRequest request(Capture capture) {
    return new SandboxRequest(
        capture.method(), capture.path(), capture.query(), capture.headers(), capture.body());
  }
}
