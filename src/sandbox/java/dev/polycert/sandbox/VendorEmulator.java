package dev.polycert.sandbox;

/** One vendor's API, emulated. Found by CDI. Requests are handled one at a time. */
public interface VendorEmulator {

  /** The provider id whose service this emulates, {@code tencent-ssl}. */
  String provider();

  /** The names of the configuration that holds the access key of the emulated account. */
  CredentialNames credentialNames();

  /** Whether the request is for this vendor, by the headers and paths that the real one goes by. */
  boolean accepts(SandboxRequest request);

  /** The operation asked for, as the vendor names it; faults are set for it. */
  default String operation(SandboxRequest request) {
    return request.method() + " " + request.path();
  }

  /** Verifies the signature, then does what was asked. Never throws for a bad request. */
  SandboxReply handle(SandboxRequest request);

  /** The vendor's own answer when it fails inside and nothing was done. */
  default SandboxReply internalError(SandboxRequest request) {
    return SandboxReply.json(500, "{\"message\":\"Internal Server Error\"}");
  }

  /** The vendor's own envelope of an error; nothing was done. */
  SandboxReply refusal(SandboxRequest request, int status, String code, String message);

  /**
   * Does what only this vendor can be told over the control API: {@code POST
   * /_sandbox/tencent-ssl/paid} comes here as {@code paid}.
   *
   * @param path what follows {@code /_sandbox/<provider>/}
   */
  default SandboxReply control(String method, String path, ControlBody body) {
    throw new ControlException(404, "path", provider() + " has no control " + method + " " + path);
  }
}
