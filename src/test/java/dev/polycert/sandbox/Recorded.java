package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.whole.judge.Capture;

/** Requests recorded from the vendors' own SDKs, as they come to the sandbox. */
public final class Recorded {
  private Recorded() {}

  public static Request request(Capture capture) {
    return new Request(
        capture.method(), capture.path(), capture.query(), capture.headers(), capture.body());
  }
}
