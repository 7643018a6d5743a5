package dev.polycert.sandbox;

/** One vendor's API, emulated. Found by CDI. Requests are handled one at a time. */
public interface VendorEmulator {

  /** The provider id whose service this emulates, {@code tencent-ssl}. */
  String provider();

  /** Whether the request is for this vendor, by the headers and paths that the real one goes by. */
  boolean accepts(SandboxRequest request);

  /** Verifies the signature, then does what was asked. Never throws for a bad request. */
  SandboxReply handle(SandboxRequest request);
}
