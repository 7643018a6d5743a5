package dev.polycert.sandbox;

import java.util.concurrent.atomic.AtomicInteger;

/** A vendor without a signature: it answers {@code GET /plain} with how often that was asked. */
final class PlainVendor implements VendorEmulator {
  private final AtomicInteger asked = new AtomicInteger();
  private final World world;

  PlainVendor(World world) {
    this.world = world;
    world.onReset(() -> asked.set(0));
  }

  @Override
  public String provider() {
    return "plain";
  }

  @Override
  public CredentialNames credentialNames() {
    return new CredentialNames("plain.id", "plain.secret", "plain.token");
  }

  @Override
  public boolean accepts(SandboxRequest request) {
    return request.path().equals("/plain");
  }

  @Override
  public SandboxReply handle(SandboxRequest request) {
    if (!world.permit(provider(), "plain", Integer.MAX_VALUE)) {
      return SandboxReply.json(429, "{\"code\":\"TooMany\"}");
    }
    return SandboxReply.json(200, "{\"asked\":\"" + asked.incrementAndGet() + "\"}");
  }

  @Override
  public SandboxReply refusal(SandboxRequest request, int status, String code, String message) {
    return SandboxReply.json(status, "{\"code\":\"" + code + "\"}");
  }
}
