package dev.polycert.vendor.tencent.ssldeploy;

import static dev.polycert.vendor.tencent.TencentTesting.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Consignment.Source;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which records of jobs a delivery goes on with. */
@QuarkusTest
class InstanceRecordsTest {
  private static final CertificateBundle EXPORT = IssuedCertificates.issued("www.example.com");
  private static final Map<String, String> INSTANCES =
      Map.of("instances", "cdn.example.com", "resourceType", "cdn");
  private static final int DONE = 1;
  private static final int RUNNING = 3;
  private static final Map<String, String> UPDATE = Map.of("update", "cdn");

  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private Map<String, String> state = Map.of("certificateId", "new00001");

  @Test
  void aRecordThatIsNotThereAnyMoreIsReplacedByAnotherOne() {
    state =
        Map.of(
            "certificateId",
            "new00001",
            "recordIdBefore",
            "6",
            "recordId",
            "7",
            "retries",
            "70=1",
            "failed",
            "x");
    noRecord();
    step(INSTANCES);
    assertThat(state).doesNotContainKeys("recordId", "retries", "failed");

    records(7);
    deployed(8);
    step(INSTANCES);
    assertThat(state).containsEntry("recordId", "8");
    assertThat(calls("DeployCertificateInstance")).isOne();
  }

  @Test
  void anUpdateWhoseRecordIsNotThereAnyMoreIsMadeAnew() {
    state = Map.of("certificateId", "new00001", "oldCertificateIds", "old00001", "recordId", "7");
    noRecord();
    step(UPDATE);
    assertThat(state).doesNotContainKey("recordId");

    records(7);
    deployed(8);
    step(UPDATE);
    assertThat(state).containsEntry("recordId", "8");
    assertThat(calls("UpdateCertificateInstance")).isOne();
  }

  @Test
  void aRecordThatEndedBeforeTheDeliveryBeganIsNoProof() {
    records(7);
    detail(DONE);
    assertThat(step(INSTANCES)).isInstanceOf(Stage.UnderWay.class);
    assertThat(calls("DeployCertificateInstance")).isZero();

    records(7);
    detail(DONE);
    deployed(8);
    step(INSTANCES);
    assertThat(state).containsEntry("recordId", "8");

    detail(DONE);
    assertThat(step(INSTANCES)).isEqualTo(new Stage.Done("new00001"));
    assertThat(calls("DeployCertificateInstance")).isOne();
  }

  @Test
  void aRecordThatALostCallMadeIsGoneOnWith() {
    records(7);
    detail(DONE);
    step(INSTANCES);
    records(7);
    detail(DONE);
    vendor.thenCut();
    step(INSTANCES);
    assertThat(state).doesNotContainKey("recordId");

    records(8, 7);
    detail(DONE);
    detail(DONE);
    assertThat(step(INSTANCES)).isEqualTo(new Stage.Done("new00001"));
    assertThat(calls("DeployCertificateInstance")).isOne();
  }

  @Test
  void aRecordThatRunsAlreadyIsGoneOnWith() {
    records(7);
    detail(RUNNING);
    detail(RUNNING);
    step(INSTANCES);

    assertThat(state).containsEntry("recordId", "7");
    assertThat(calls("DeployCertificateInstance")).isZero();
  }

  // --- the scene ---

  private void told(String members) {
    vendor.thenJson(200, "{\"Response\":{" + members + "\"RequestId\":\"req-1\"}}");
  }

  private void noRecord() {
    told("\"Error\":{\"Code\":\"FailedOperation.CertificateDeployNotExist\",\"Message\":\"x\"},");
  }

  private void records(int... ids) {
    List<String> records = new ArrayList<>();
    for (int id : ids) {
      records.add("{\"Id\":%d,\"CertId\":\"new00001\"}".formatted(id));
    }
    told("\"TotalCount\":%d,\"DeployRecordList\":%s,".formatted(ids.length, records));
  }

  private void detail(int status) {
    told(
        """
        "TotalCount": 1, "DeployRecordDetailList": [
          {"Id": 70, "Status": %d, "Domains": ["cdn.example.com"]}],
        """
            .formatted(status));
  }

  private void deployed(int record) {
    told("\"DeployRecordId\":%d,\"DeployStatus\":1,".formatted(record));
  }

  private Stage step(Map<String, String> options) {
    TencentTesting.Setup setup = TencentTesting.setup(vendor.uri(), vertx, Map.of());
    Answer<Stage> answer =
        TencentSslDeliverers.to(setup.clients(), setup.config())
            .advance(
                new Consignment(
                    DOMAIN, EXPORT, options, Source.NONE, null, null, List.of(), state, Map.of()),
                TencentTesting.context(new ArrayList<>()))
            .await()
            .atMost(Duration.ofSeconds(20));
    assertThat(answer).isInstanceOf(Answer.Success.class);
    Stage stage = ((Answer.Success<Stage>) answer).value();
    if (stage instanceof Stage.UnderWay(var left, _)) {
      state = left;
    }
    return stage;
  }

  private int calls(String operation) {
    return (int)
        vendor.seen().stream()
            .filter(seen -> operation.equals(seen.headers().get("x-tc-action")))
            .count();
  }
}
