package dev.polycert.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Answer;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Deliveries;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries to a service of AWS that a test plays. */
public final class AwsDeliveries {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VendorServer server;
  private final Deliveries deliveries;

  public AwsDeliveries(VendorServer server, Deliverer deliverer, Map<String, String> options) {
    this.server = server;
    this.deliveries = new Deliveries(deliverer, options);
  }

  public Answer<String> deliver(CertificateBundle export, @Nullable String earlier) {
    return deliveries.deliver(export, earlier);
  }

  public String delivered(CertificateBundle export, @Nullable String earlier) {
    return deliveries.delivered(export, earlier);
  }

  public Answer<Stage> advance(
      CertificateBundle export, String earlier, CertificateBundle brought) {
    return deliveries.advance(export, earlier, brought);
  }

  public Answer<Stage> advance(
      CertificateBundle export,
      String earlier,
      CertificateBundle brought,
      List<CertificateBundle> sent) {
    return deliveries.advance(export, earlier, brought, sent);
  }

  /** Where no delivery has been confirmed. */
  public Answer<Stage> first(CertificateBundle export, List<CertificateBundle> sent) {
    return deliveries.first(export, sent);
  }

  public VendorError refused(CertificateBundle export, @Nullable String earlier) {
    return deliveries.refused(export, earlier);
  }

  public void answer(String json) {
    server.thenJson(200, json);
  }

  public void refuse(int status, String type, String message) {
    server.thenJson(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }

  /** The operations that were called, and the writes that were announced. */
  public List<String> operations() {
    return server.seen().stream()
        .map(seen -> seen.headers().get("x-amz-target").replaceFirst(".*\\.", ""))
        .toList();
  }

  public List<String> intents() {
    return deliveries.intents();
  }

  public JsonNode body(int index) {
    return json(server.seen().get(index).body());
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /**
   * The last two requests, ours and then that of AWS's own client, say the same, rightly signed.
   */
  public void assertSame(String service, String region) {
    List<VendorServer.Seen> seen = server.seen();
    VendorServer.Seen theirs = seen.getLast();
    VendorServer.Seen ours = seen.get(seen.size() - 2);
    assertThat(ours.method() + " " + ours.uri()).isEqualTo(theirs.method() + " " + theirs.uri());
    assertThat(ours.headers().get("x-amz-target")).isEqualTo(theirs.headers().get("x-amz-target"));
    assertThat(ours.headers().get("content-type")).isEqualTo(theirs.headers().get("content-type"));
    assertThat(json(ours.body())).isEqualTo(json(theirs.body()));
    for (VendorServer.Seen each : List.of(ours, theirs)) {
      assertThat(each.headers().get("authorization"))
          .isEqualTo(AwsTesting.authorization(each, service, region));
    }
  }
}
