package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.CaptureTests;
import dev.polycert.whole.judge.OurOperations;
import dev.polycert.whole.judge.VendorSigners;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the comparisons of both products share. */
public abstract class TencentCaptureTests extends CaptureTests {

  protected TencentCaptureTests() {
    super(Capture.Vendor.TENCENT);
  }

  /** The captures of those operations of a product that the classes of the folder call. */
  protected static Stream<Capture> ours(String folder, String version) {
    Set<String> texts = OurOperations.texts(folder);
    return Capture.of(Capture.Vendor.TENCENT).stream()
        .filter(capture -> capture.header("x-tc-version").equals(version))
        .filter(capture -> texts.contains(capture.header("x-tc-action")));
  }

  @Override
  protected final String operation(Received request) {
    return request.headers().get("x-tc-action");
  }

  @Override
  protected final String operation(Capture capture) {
    return capture.header("x-tc-action");
  }

  /**
   * The SDK's signer takes the service from the host and cannot sign for this one. So ours has
   * signed what arrived, and signs the same for the vendor's host as the SDK does.
   */
  @Override
  protected final void assertSigned(Received ours) {
    String service = "2022-09-01".equals(ours.headers().get("x-tc-version")) ? "teo" : "ssl";
    assertThat(ours.headers().get("authorization"))
        .isEqualTo(TencentTesting.authorization(service, seen(ours)));
    Map<String, String> headers = new HashMap<>(ours.headers());
    headers.put("host", service + ".tencentcloudapi.com");
    Received atHome = new Received(ours.method(), ours.path(), ours.query(), headers, ours.body());
    assertThat(TencentTesting.authorization(service, seen(atHome)))
        .isEqualTo(VendorSigners.authorization(Capture.Vendor.TENCENT, atHome));
  }

  private static VendorServer.Seen seen(Received request) {
    return new VendorServer.Seen(
        request.method(), request.path(), request.headers(), request.text());
  }

  protected final TencentTesting.Setup setup(Capture capture) {
    return TencentTesting.setup(
        vendor.uri(), vertx(), Map.of("TENCENTCLOUD_TOKEN", tokenOf(capture)));
  }

  protected final void answers(String operation, String json) {
    vendor.on(operation, Reply.of(200, json));
  }

  protected static Map<String, String> common() {
    return Map.of(
        "header x-tc-language: none, ours en-US", "messages in English; optional",
        "header x-tc-region: empty, ours none", "neither product has regions",
        "header x-tc-requestclient: SDK_JAVA_3.1.1436, ours none", "the SDK's name; optional");
  }
}
