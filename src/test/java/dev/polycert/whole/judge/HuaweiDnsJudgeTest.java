package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.dns.v2.DnsClient;
import com.huaweicloud.sdk.dns.v2.model.CreateRecordSetRequest;
import com.huaweicloud.sdk.dns.v2.model.CreateRecordSetRequestBody;
import com.huaweicloud.sdk.dns.v2.model.CreateRecordSetResponse;
import com.huaweicloud.sdk.dns.v2.model.DeleteRecordSetRequest;
import com.huaweicloud.sdk.dns.v2.model.ListPublicZonesRequest;
import com.huaweicloud.sdk.dns.v2.model.ListPublicZonesResponse;
import com.huaweicloud.sdk.dns.v2.model.ListRecordSetsByZoneRequest;
import com.huaweicloud.sdk.dns.v2.model.ListRecordSetsByZoneResponse;
import com.huaweicloud.sdk.dns.v2.model.ShowRecordSetRequest;
import com.huaweicloud.sdk.dns.v2.model.ShowRecordSetResponse;
import com.huaweicloud.sdk.dns.v2.model.UpdateRecordSetReq;
import com.huaweicloud.sdk.dns.v2.model.UpdateRecordSetRequest;
import com.huaweicloud.sdk.dns.v2.model.UpdateRecordSetResponse;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.huawei.HuaweiDnsEmulator;
import dev.polycert.testing.Resources;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Huawei Cloud's own SDK calls the operations of the emulated DNS that our writer needs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HuaweiDnsJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(ScmSdk.KEYS, HuaweiDnsEmulator::new);

  private static final String NAME = "_acme-challenge.www.example.com.";

  @RegisterExtension final Resources resources = new Resources();
  private Wire wire;
  private DnsClient sdk;

  @BeforeAll
  void connect() {
    wire = resources.add(new Wire(SANDBOX.uri("/").getPort()));
    sdk = client(Capture.SECRET);
  }

  private DnsClient client(String secret) {
    return DnsClient.newBuilder()
        .withCredential(
            new BasicCredentials()
                .withAk(Capture.KEY_ID)
                .withSk(secret)
                .withProjectId(ScmSdk.PROJECT))
        .withEndpoint("http://" + wire.authority())
        .build();
  }

  @Test
  void theSdkUnderstandsEveryOperation() {
    String zone = zone();
    CreateRecordSetResponse created = create(zone, "\"first\"");
    ScmSdk.assertKnows(wire, created);
    assertThat(created.getRecords()).containsExactly("\"first\"");

    ShowRecordSetResponse shown =
        sdk.showRecordSet(
            new ShowRecordSetRequest().withZoneId(zone).withRecordsetId(created.getId()));
    ScmSdk.assertKnows(wire, shown);
    assertThat(shown.getRecords()).containsExactly("\"first\"");

    UpdateRecordSetResponse updated =
        sdk.updateRecordSet(
            new UpdateRecordSetRequest()
                .withZoneId(zone)
                .withRecordsetId(created.getId())
                .withBody(
                    new UpdateRecordSetReq()
                        .withName(NAME)
                        .withType("TXT")
                        .withTtl(60)
                        .withRecords(List.of("\"first\"", "\"second\""))));
    ScmSdk.assertKnows(wire, updated);

    ListRecordSetsByZoneResponse listed =
        sdk.listRecordSetsByZone(
            new ListRecordSetsByZoneRequest()
                .withZoneId(zone)
                .withName(NAME)
                .withType("TXT")
                .withSearchMode("equal"));
    ScmSdk.assertKnows(wire, listed);
    assertThat(listed.getRecordsets().getFirst().getRecords())
        .containsExactly("\"first\"", "\"second\"");
    assertThat(SANDBOX.control("GET", "dns", "").encode())
        .contains("_acme-challenge.www.example.com", "first", "second");

    delete(zone, created.getId());
    assertThat(refusal(() -> delete(zone, created.getId()))).isEqualTo("404 DNS.0313");
  }

  @Test
  void theSdkIsRefusedWhatTheVendorRefuses() {
    String zone = zone();
    create(zone, "\"first\"");
    assertThat(refusal(() -> create(zone, "\"second\""))).isEqualTo("400 DNS.0312");
    assertThat(refusal(() -> create(zone, "unquoted"))).isEqualTo("400 DNS.0308");
    assertThat(refusal(() -> create("0".repeat(32), "\"first\""))).isEqualTo("404 DNS.0302");
    DnsClient stranger = client("not-the-secret");
    assertThat(refusal(() -> stranger.listPublicZones(new ListPublicZonesRequest())))
        .isEqualTo("401 APIGW.0301");
  }

  private String zone() {
    ListPublicZonesResponse zones =
        sdk.listPublicZones(
            new ListPublicZonesRequest()
                .withType("public")
                .withName("example.com.")
                .withSearchMode("equal"));
    ScmSdk.assertKnows(wire, zones);
    return zones.getZones().getFirst().getId();
  }

  private CreateRecordSetResponse create(String zone, String value) {
    return sdk.createRecordSet(
        new CreateRecordSetRequest()
            .withZoneId(zone)
            .withBody(
                new CreateRecordSetRequestBody()
                    .withName(NAME)
                    .withType("TXT")
                    .withTtl(60)
                    .withRecords(List.of(value))));
  }

  private void delete(String zone, String id) {
    sdk.deleteRecordSet(new DeleteRecordSetRequest().withZoneId(zone).withRecordsetId(id));
  }

  private static String refusal(Runnable call) {
    ServiceResponseException error = ScmSdk.refusal(call::run);
    return error.getHttpStatusCode() + " " + error.getErrorCode();
  }
}
