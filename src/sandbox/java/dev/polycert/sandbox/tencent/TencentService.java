package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.CredentialNames;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.SandboxRequest;
import dev.polycert.sandbox.VendorEmulator;

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
  default boolean accepts(SandboxRequest request) {
    return TencentApi.speaks(request, api().version());
  }

  @Override
  default String operation(SandboxRequest request) {
    return TencentApi.operation(request);
  }

  @Override
  default SandboxReply handle(SandboxRequest request) {
    return api().handle(request);
  }

  @Override
  default SandboxReply internalError(SandboxRequest request) {
    return api().internalError();
  }

  @Override
  default SandboxReply refusal(SandboxRequest request, int status, String code, String message) {
    return api().refusal(status, code, message);
  }
}
