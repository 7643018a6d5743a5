package dev.polycert.vendor.tencent.ssldeploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An instance that makes the vendor refuse a deployment keeps no other from the certificate. */
class InstanceGroupsTest {
  private static final List<String> INSTANCES =
      List.of("lb-1|lbl-1", "lb-2|lbl-2", "gone-1|lbl-3", "lb-4|lbl-4", "lb-5|lbl-5");

  @RegisterExtension final Resources resources = new Resources();

  /** The instances of each record; its number is its id less one. */
  private final List<List<String>> records = new ArrayList<>();

  private String failing = "none";

  private Deliverer deliverer() {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of(
                "TENCENTCLOUD_SECRET_ID",
                TencentTesting.KEY_ID,
                "TENCENTCLOUD_SECRET_KEY",
                TencentTesting.SECRET));
    return TencentSslDeliverers.to(
        HttpTesting.clients(
            config,
            new AnsweringClients(config, resources.vertx(), this::answer),
            HttpTesting.calls(config, TencentTesting.CLOCK),
            resources.vertx()),
        config.getConfigMapping(ProviderConfig.class));
  }

  private Response answer(List<Object> call) {
    String body = call.getLast().toString();
    return switch (call.get(1).toString()) {
      case "DescribeHostDeployRecord" -> told("\"TotalCount\":0,\"DeployRecordList\":[],");
      case "DescribeHostDeployRecordDetail" -> details(body);
      case "DeployCertificateInstance" -> deploy(body);
      default -> told("");
    };
  }

  private Response deploy(String body) {
    if (body.contains("gone")) {
      return told(
          "\"Error\":{\"Code\":\"FailedOperation.CertificateNotDeployInstance\",\"Message\":\"no\"},");
    }
    records.add(INSTANCES.stream().filter(body::contains).toList());
    return told("\"DeployRecordId\":%d,\"DeployStatus\":1,".formatted(records.size()));
  }

  private Response details(String body) {
    String id = body.replaceFirst(".*\"DeployRecordId\":\"(\\d+)\".*", "$1");
    List<String> instances = records.get(Integer.parseInt(id) - 1);
    return told(
        instances.stream()
            .map(
                instance ->
                    "{\"Id\":7,\"InstanceId\":\"%s\",\"Status\":%d}"
                        .formatted(instance, instance.equals(failing) ? 2 : 1))
            .collect(
                Collectors.joining(
                    ",",
                    "\"TotalCount\":%d,\"DeployRecordDetailList\":[".formatted(instances.size()),
                    "],")));
  }

  private static Response told(String members) {
    String json = "{\"Response\":{" + members + "\"RequestId\":\"req-1\"}}";
    return Response.ok(json.getBytes(UTF_8)).build();
  }

  /** Takes step after step, as orders do, until the delivery fails. */
  private VendorError refused(List<String> instances) {
    Deliverer deliverer = deliverer();
    Map<String, String> state = Map.of("certificateId", "new00001");
    for (int i = 0; i < 50; i++) {
      Consignment consignment =
          new Consignment(
              TencentTesting.DOMAIN,
              IssuedCertificates.issued("www.example.com"),
              Map.of("instances", String.join(",", instances), "region", "ap-guangzhou"),
              Consignment.Source.NONE,
              null,
              null,
              List.of(),
              state,
              Map.of());
      Answer<Stage> answer =
          deliverer
              .advance(consignment, TencentTesting.context(new ArrayList<>()))
              .await()
              .atMost(Duration.ofSeconds(20));
      if (answer instanceof Answer.Failed<Stage> failed) {
        assertThat(deliverer.refusesForGood(failed.failure().error())).isTrue();
        return failed.failure().error();
      }
      Stage stage = ((Answer.Success<Stage>) answer).value();
      assertThat(stage).isInstanceOf(Stage.UnderWay.class);
      state = ((Stage.UnderWay) stage).state();
    }
    throw new AssertionError("no end: " + state);
  }

  @Test
  void theInstanceIsFoundAndNamedAndTheOthersGetTheCertificate() {
    VendorError error = refused(INSTANCES);

    assertThat(records)
        .containsExactly(List.of("lb-1|lbl-1", "lb-2|lbl-2"), List.of("lb-4|lbl-4", "lb-5|lbl-5"));
    assertThat(error.code()).isEqualTo("Instances.Failed");
    assertThat(error.message())
        .isEqualTo(
            "all others have the certificate; failed: gone-1|lbl-3"
                + " (FailedOperation.CertificateNotDeployInstance: no)");
  }

  @Test
  void anInstanceThatFailsAsWellIsNamedBesideIt() {
    failing = "lb-2|lbl-2";

    VendorError error = refused(INSTANCES);

    assertThat(records).contains(List.of("lb-4|lbl-4", "lb-5|lbl-5"));
    assertThat(error.message()).contains("lb-2|lbl-2", "gone-1|lbl-3").doesNotContain("lb-4");
  }

  @Test
  void theOnlyInstanceIsReportedAsTheVendorRefusesIt() {
    assertThat(refused(List.of("gone-1|lbl-3")).code())
        .isEqualTo("FailedOperation.CertificateNotDeployInstance");
  }
}
