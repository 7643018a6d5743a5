package dev.polycert.vendor.webhook;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Deliveries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a receiver on this machine, judged by the library of Standard Webhooks. */
@QuarkusTest
class WebhookDelivererTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHER_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer receiver = resources.add(new VendorServer());
  private final WebhookDeliverer deliverer = Webhooks.toAnywhere(vertx);
  private final String url = receiver.uri() + "/certificates?to=web%201&x=%2F";
  private final Deliveries deliveries = new Deliveries(deliverer, Map.of("url", url));

  @Test
  void aReceiverCanVerifyTheMessageAndGetsNoKeyUnasked() throws Exception {
    CertificateBundle export = issued("www.example.com");
    accept();

    String place = deliveries.delivered(export, null);

    VendorServer.Seen seen = receiver.seen().getFirst();
    assertVerifies(Webhooks.SECRET, seen);
    assertThat(deliveries.intents()).containsExactly("Post");
    assertThat(seen.method() + " " + seen.uri()).isEqualTo("POST /certificates?to=web%201&x=%2F");
    assertThat(seen.headers())
        .containsEntry("webhook-id", place)
        .containsEntry("content-type", "application/json");
    JsonNode root = body(0);
    assertThat(root.path("type").asText()).isEqualTo("certificate.issued");
    JsonNode data = root.path("data");
    assertThat(data.path("domain").asText()).isEqualTo("www.example.com");
    assertThat(data.path("certificate").asText()).isEqualTo(export.certificate());
    assertThat(data.path("chain").asText()).isEqualTo(export.chain());
    assertThat(data.path("fingerprint").asText())
        .isEqualTo(Pem.fingerprint(export.certificate()).orElseThrow());
    assertThat(data.path("notAfter").asText()).isNotEmpty();
    assertThat(data.has("privateKey")).isFalse();
    assertThat(seen.body()).doesNotContain("PRIVATE KEY");
  }

  @Test
  void theKeyIsSentWhereTheTargetAsksForIt() {
    CertificateBundle export = issued("www.example.com");
    accept();

    new Deliveries(deliverer, Map.of("url", url, "includePrivateKey", "true"))
        .delivered(export, null);

    assertThat(body(0).path("data").path("privateKey").asText())
        .isEqualTo(export.privateKey().reveal());
  }

  @Test
  void aRepetitionIsTheSameMessageAndARenewalNamesIt() {
    CertificateBundle export = issued("www.example.com");
    receiver.thenCut();
    assertThat(deliveries.failed(export, null)).isInstanceOf(Failure.Unclear.class);
    accept();
    String first = deliveries.delivered(export, null);
    accept();
    String second = deliveries.delivered(issued("www.example.com"), first);

    assertThat(id(0)).isEqualTo(id(1)).isEqualTo(first);
    assertThat(receiver.seen().get(0).body()).isEqualTo(receiver.seen().get(1).body());
    assertThat(id(2)).isEqualTo(second).isNotEqualTo(first);
    assertThat(body(1).path("data").has("replaces")).isFalse();
    assertThat(body(2).path("data").path("replaces").asText()).isEqualTo(first);
  }

  @Test
  void messagesWhoseReceiptWasNotConfirmedAreNamedAsWell() {
    CertificateBundle confirmed = issued("www.example.com");
    CertificateBundle lost = issued("www.example.com");
    CertificateBundle newer = issued("www.example.com");
    receiver.thenCut();
    deliveries.first(confirmed, List.of(confirmed));
    accept();
    String first = deliveries.delivered(confirmed, null);
    receiver.thenCut();
    deliveries.advance(lost, first, confirmed, List.of(confirmed, lost));
    accept();
    deliveries.advance(newer, first, confirmed, List.of(confirmed, lost, newer));
    accept();
    deliveries.first(newer, List.of(lost, newer));

    assertThat(body(2).path("data").has("unconfirmed")).isFalse();
    assertThat(body(3).path("data").path("replaces").asText()).isEqualTo(first);
    assertThat(body(3).path("data").path("unconfirmed").valueStream().map(JsonNode::asText))
        .containsExactly(id(2));
    assertThat(body(4).path("data").has("replaces")).isFalse();
    assertThat(body(4).path("data").path("unconfirmed").valueStream().map(JsonNode::asText))
        .containsExactly(id(2));
  }

  @Test
  void whileSecretsChangeBothSign() throws Exception {
    accept();

    new Deliveries(
            Webhooks.signing(Webhooks.SECRET + " " + OTHER_SECRET, true, vertx), Map.of("url", url))
        .delivered(issued("www.example.com"), null);

    assertVerifies(Webhooks.SECRET, receiver.seen().getFirst());
    assertVerifies(OTHER_SECRET, receiver.seen().getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "400, FINAL",
    "401, CREDENTIALS",
    "404, FINAL",
    "410, FINAL",
  })
  void everyOtherStatusIsARefusal(int status, ErrorClass errorClass) {
    receiver.thenJson(status, "{\"error\":\"no such list\"}");

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.code()).isEqualTo("HTTP." + status);
    assertThat(error.message()).isEqualTo("{\"error\":\"no such list\"}");
  }

  @Test
  void aRedirectIsRefusedWithWhatWouldBeRight() {
    receiver.thenJson(302, "");

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("HTTP.302");
    assertThat(error.message())
        .isEqualTo("redirects are not followed: give the address that it leads to as url");
  }

  @Test
  void aRefusalWithoutAReasonSaysSo() {
    receiver.thenJson(404, "");

    assertThat(deliveries.refused(issued("www.example.com"), null).message())
        .isEqualTo("the receiver gave no reason");
  }

  /** The receiver has the message, and nobody reads what it says beside that. */
  @Test
  void theBodyOfASuccessMayBeOfAnySize() {
    receiver.thenJson(200, "x".repeat(5 << 20));

    deliveries.delivered(issued("www.example.com"), null);

    assertThat(receiver.seen()).hasSize(1);
  }

  @Test
  void aRefusalWithALargeBodyIsARefusal() {
    receiver.thenJson(400, "x".repeat(5 << 20));

    assertThat(deliveries.refused(issued("www.example.com"), null).code()).isEqualTo("HTTP.400");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 503})
  void aReceiverThatFailsMayHaveTheMessage(int status) {
    receiver.thenJson(status, "");

    assertThat(deliveries.failed(issued("www.example.com"), null))
        .isInstanceOf(Failure.Unclear.class);
    assertThat(receiver.seen()).hasSize(1);
  }

  @Test
  void aReceiverThatIsBusyIsAskedAgainWhenItSaid() {
    receiver.then(
        request -> request.response().setStatusCode(429).putHeader("Retry-After", "1").end());
    accept();

    deliveries.delivered(issued("www.example.com"), null);

    assertThat(id(0)).isEqualTo(id(1));
    assertThat(seconds(1) - seconds(0)).as("signed anew").isBetween(1L, 5L);
  }

  private long seconds(int index) {
    return Long.parseLong(receiver.seen().get(index).headers().get("webhook-timestamp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks",
        "ftp://hooks.example.com/",
        "http://hooks.example.com/",
        "http://10.0.0.1/",
        "https://user@hooks.example.com/",
        "https://hooks.example.com/#a",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://a.localhost./",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/"
      })
  void addressesAreCheckedBeforehand(String address) {
    WebhookDeliverer strict = Webhooks.signing(Webhooks.SECRET, false, vertx);

    assertThat(strict.wrong(Map.of("url", address))).containsOnlyKeys("url");
    assertThat(new Deliveries(strict, Map.of("url", address)).refused(issued("a.example"), null))
        .returns("Target.Invalid", VendorError::code);
  }

  @Test
  void optionsAreCheckedBeforehand() {
    WebhookDeliverer strict = Webhooks.signing(Webhooks.SECRET, false, vertx);
    String good = "https://hooks.example.com:8443/a?b=c";

    assertThat(strict.wrong(Map.of("url", good))).isEmpty();
    assertThat(strict.wrong(Map.of("url", good, "includePrivateKey", "yes")))
        .containsOnlyKeys("includePrivateKey");
    assertThat(strict.wrong(Map.of())).containsOnlyKeys("url");
    assertThat(deliverer.wrong(Map.of("url", "https://10.1.2.3/"))).isEmpty();
    assertThat(deliverer.wrong(Map.of("url", "http://[::1]:8080/"))).isEmpty();
    assertThat(deliverer.wrong(Map.of("url", "http://10.1.2.3/"))).containsOnlyKeys("url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fake", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!", "whsec_%s fake"})
  void aSecretThatIsNoneIsNamedByItsVariable(String secret) {
    String given = secret.formatted("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    WebhookDeliverer without = Webhooks.signing(given, true, vertx);

    assertThat(without.missing()).singleElement().asString().startsWith(Webhooks.VARIABLE);
    assertThat(
            new Deliveries(without, Map.of("url", url))
                .refused(issued("a.example"), null)
                .message())
        .contains(Webhooks.VARIABLE);
    assertThat(receiver.seen()).isEmpty();
  }

  private void accept() {
    receiver.thenJson(202, "");
  }

  private String id(int index) {
    return receiver.seen().get(index).headers().get("webhook-id");
  }

  private JsonNode body(int index) {
    try {
      return JSON.readTree(receiver.seen().get(index).body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertVerifies(String secret, VendorServer.Seen seen) throws Exception {
    Map<String, List<String>> headers =
        seen.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    new Webhook(secret).verify(seen.body(), headers);
  }
}
