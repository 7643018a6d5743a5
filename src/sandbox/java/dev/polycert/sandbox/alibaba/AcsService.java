package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;

/** One of the vendor's products behind its gateway, which speaks for all of them. */
interface AcsService extends VendorEmulator {

  /** The gateway in front of this product. */
  AcsGateway gateway();

  @Override
  default String provider() {
    return gateway().provider();
  }

  @Override
  default CredentialNames credentialNames() {
    return AcsGateway.CREDENTIALS;
  }

  @Override
  default boolean accepts(Request request) {
    return gateway().accepts(request);
  }

  @Override
  default boolean reads(Request request) {
    return AcsGateway.reads(request);
  }

  @Override
  default String operation(Request request) {
    return AcsGateway.operation(request);
  }

  @Override
  default Reply handle(Request request) {
    return gateway().handle(request);
  }

  @Override
  default Reply refusal(Request request, int status, String code, String message) {
    return gateway().reply(request, new Refusal(status, code, message));
  }
}
