package dev.polycert.sandbox;

/** An emulator that forwards to another one all that it does not do itself. */
public interface ForwardingEmulator extends VendorEmulator {

  /** The emulator that answers; a gateway that several services share. */
  VendorEmulator target();

  @Override
  default String provider() {
    return target().provider();
  }

  @Override
  default CredentialNames credentialNames() {
    return target().credentialNames();
  }

  @Override
  default boolean accepts(Request request) {
    return target().accepts(request);
  }

  @Override
  default boolean reads(Request request) {
    return target().reads(request);
  }

  @Override
  default String operation(Request request) {
    return target().operation(request);
  }

  @Override
  default Reply handle(Request request) {
    return target().handle(request);
  }

  @Override
  default Reply internalError(Request request) {
    return target().internalError(request);
  }

  @Override
  default Reply refusal(Request request, int status, String code, String message) {
    return target().refusal(request, status, code, message);
  }

  @Override
  default Reply control(String method, String path, ControlBody body) {
    return target().control(method, path, body);
  }
}
