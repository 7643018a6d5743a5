package dev.polycert.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries to a service of AWS that a test plays. */
public final class AwsDeliveries {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VendorServer server;
  private final Deliverer deliverer;
  private final Map<String, String> options;
  private final List<String> intents = new ArrayList<>();

  public AwsDeliveries(VendorServer server, Deliverer deliverer, Map<String, String> options) {
    this.server = server;
    this.deliverer = deliverer;
    this.options = options;
  }

  public Answer<String> deliver(CertificateBundle export, @Nullable String earlier) {
    WriteContext context =
        new WriteContext(
            Instant.now().plusSeconds(20),
            new Object(),
            operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation)));
    return deliverer
        .deliver(DomainName.parse("www.example.com"), export, options, earlier, context)
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  public String delivered(CertificateBundle export, @Nullable String earlier) {
    Answer<String> result = deliver(export, earlier);
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<String>) result).value();
  }

  public VendorError refused(CertificateBundle export, @Nullable String earlier) {
    Failure failure = ((Answer.Failed<String>) deliver(export, earlier)).failure();
    assertThat(failure).isInstanceOf(Failure.Refused.class);
    return failure.error();
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
    return intents;
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
