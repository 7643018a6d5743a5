package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.CredentialNames;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;

/** One of the vendor's services behind its gateway, which speaks for all of them. */
interface TencentService extends VendorEmulator {

  /** The gateway in front of this service. */
  TencentApi api();

  @Override
  default String provider() {
    return api().provider();
  }

  @Override
  default CredentialNames credentialNames() {
    return TencentApi.CREDENTIALS;
  }

  @Override
  default boolean accepts(Request request) {
    return api().accepts(request);
  }

  @Override
  default boolean reads(Request request) {
    return TencentApi.reads(request);
  }

  @Override
  default String operation(Request request) {
    return TencentApi.operation(request);
  }

  @Override
  default Reply handle(Request request) {
    return api().handle(request);
  }

  @Override
  default Reply internalError(Request request) {
    return api().internalError();
  }

  @Override
  default Reply refusal(Request request, int status, String code, String message) {
    return api().refusal(status, code, message);
  }
}
