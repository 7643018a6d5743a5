package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.CredentialNames;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
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
  public boolean accepts(Request request) {
    return request.path().equals("/plain");
  }

  @Override
  public Reply handle(Request request) {
    if (!world.permit(provider(), "plain", Integer.MAX_VALUE)) {
      return Reply.json(429, "{\"code\":\"TooMany\"}");
    }
    return Reply.json(200, "{\"asked\":\"" + asked.incrementAndGet() + "\"}");
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return Reply.json(status, "{\"code\":\"" + code + "\"}");
  }
}
