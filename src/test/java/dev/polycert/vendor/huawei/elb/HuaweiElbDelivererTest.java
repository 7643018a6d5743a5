package dev.polycert.vendor.huawei.elb;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.huawei.Uploads;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may be delivered in the place of a certificate that is there. */
class HuaweiElbDelivererTest {
  private static final String ID = "0".repeat(32);

  @RegisterExtension final Resources resources = new Resources();
  private final CertificateBundle there = issued(List.of("www.example.com", "b.example.com"));

  private String name = "by-hand";

  private Deliveries deliveries(Clock clock) {
    return deliveries(
        clock, Map.of("region", "cn-north-4", "projectId", "1".repeat(32), "certificateId", ID));
  }

  /** To the certificate that an earlier delivery made. */
  private Deliveries renewals(Clock clock) {
    return deliveries(clock, Map.of("region", "cn-north-4", "projectId", "1".repeat(32)));
  }

  private Deliveries deliveries(Clock clock, Map<String, String> options) {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of("HUAWEICLOUD_SDK_AK", "fake-key-id", "HUAWEICLOUD_SDK_SK", "fake-secret"));
    return new Deliveries(
        new HuaweiElbDeliverer(
            HttpTesting.clients(
                config,
                new AnsweringClients(config, resources.vertx(), this::answer),
                HttpTesting.calls(config, Clock.systemUTC()),
                resources.vertx()),
            config,
            clock),
        options);
  }

  private Response answer(List<Object> call) {
    ObjectNode held =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", ID)
            .put("name", name)
            .put("type", "server")
            .put("certificate", there.fullChain());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (call.getFirst().equals("listCertificates")) {
      answer.putArray("certificates").add(held);
    } else {
      answer.set("certificate", held);
    }
    return Response.ok(answer.toString().getBytes(UTF_8)).build();
  }

  @Test
  void aNameOfAValidCertificateIsNotLost() {
    Deliveries deliveries = deliveries(Clock.systemUTC());

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Certificate.OtherNames");
    assertThat(error.message()).contains("[b.example.com]");
    assertThat(deliveries.intents()).isEmpty();
  }

  @Test
  void oneThatCoversAllOfThemTakesItsPlace() {
    assertThat(deliveries(Clock.systemUTC()).delivered(issued("*.example.com"), null))
        .isEqualTo(ID);
  }

  @Test
  void aRenewalReplacesWhatWasDelivered() {
    name = Uploads.name(there.certificate()).orElseThrow();
    Deliveries deliveries = renewals(Clock.systemUTC());

    assertThat(deliveries.delivered(issued("www.example.com"), ID)).isEqualTo(ID);

    assertThat(deliveries.intents()).containsExactly("UpdateCertificate");
  }

  @Test
  void oneOfOursThatNoAnswerConfirmedIsReplaced() {
    name = Uploads.name(there.certificate()).orElseThrow();
    Deliveries deliveries = renewals(Clock.systemUTC());

    assertThat(deliveries.first(issued("www.example.com"), List.of(there)))
        .isEqualTo(Answer.of(new Stage.Done(ID)));

    assertThat(deliveries.intents()).containsExactly("UpdateCertificate");
  }

  @Test
  void aRenewalLeavesWhatSomebodyElsePutThere() {
    name = Uploads.name(issued("www.example.com").certificate()).orElseThrow();
    Deliveries deliveries = renewals(Clock.systemUTC());

    VendorError error = deliveries.refused(issued("*.example.com"), ID);

    assertThat(error.code()).isEqualTo("Certificate.Replaced");
    assertThat(error.message()).contains(ID, "b.example.com", "certificateId");
    assertThat(deliveries.intents()).isEmpty();
  }

  @Test
  void anotherNameMakesNoOtherCertificateOfIt() {
    Deliveries deliveries = renewals(Clock.systemUTC());

    assertThat(deliveries.advance(issued("www.example.com"), ID, there))
        .isEqualTo(Answer.of(new Stage.Done(ID)));
    assertThat(deliveries.advance(issued("www.example.com"), ID, issued("www.example.com")))
        .isInstanceOf(Answer.Failed.class);
  }

  @Test
  void whatSomebodyElsePutThereIsReplacedOnceItHasEnded() {
    Deliveries deliveries = renewals(Clock.offset(Clock.systemUTC(), Duration.ofDays(10_000)));

    assertThat(deliveries.delivered(issued("www.example.com"), ID)).isEqualTo(ID);
  }
}
