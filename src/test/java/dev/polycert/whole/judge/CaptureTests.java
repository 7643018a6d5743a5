package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.WriteContext;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes a client of ours send what the vendor's SDK was recorded to send, and compares the two. A
 * subclass has a {@code static captures()} that gives every capture of an operation of ours.
 */
public abstract class CaptureTests {
  @RegisterExtension final Resources resources = new Resources();
  private final Capture.Vendor signedBy;

  @Inject Vertx vertx;

  /** What stands for the vendor. */
  protected FixtureServer vendor;

  protected CaptureTests(Capture.Vendor signedBy) {
    this.signedBy = signedBy;
  }

  @BeforeEach
  final void start() {
    vendor = resources.add(new FixtureServer(vertx, this::operation));
  }

  /** The operation that a request asks for. */
  protected abstract String operation(Received request);

  /** The operation that a capture asks for. */
  protected abstract String operation(Capture capture);

  /** Lets our client do the same; fails for an operation that it does not know. */
  protected abstract void send(Capture capture);

  /** Wherein ours differs, each difference with its reason. */
  protected abstract Map<String, String> explained(Capture capture);

  @ParameterizedTest
  @MethodSource("captures")
  void sendsWhatTheVendorsSdkSends(Capture capture) {
    send(capture);

    assertThat(vendor.received(operation(capture))).as(vendor.operations().toString()).isNotEmpty();
    Received ours = vendor.received(operation(capture)).getFirst();
    assertThat(Differences.between(capture, ours))
        .containsExactlyInAnyOrderElementsOf(explained(capture).keySet());
    assertSigned(ours);
  }

  /** The vendor's own signer would have signed it as ours did. */
  protected void assertSigned(Received ours) {
    assertThat(ours.headers().get("authorization"))
        .isEqualTo(VendorSigners.authorization(signedBy, ours));
  }

  /** The environment variables of a set of keys, with a token only where the capture has one. */
  protected static String tokenOf(Capture capture) {
    return capture.withToken() ? Capture.TOKEN : "";
  }

  protected final Vertx vertx() {
    return vertx;
  }

  protected static WriteContext context() {
    return Awaiting.context();
  }

  protected static void done(Uni<?> step) {
    step.await().atMost(Duration.ofSeconds(20));
  }

  protected static AssertionError notCompared(Capture capture) {
    return new AssertionError(capture + " is of an operation of ours, and is not compared");
  }
}
