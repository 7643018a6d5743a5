package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.dnspod.v20210323.DnspodClient;
import com.tencentcloudapi.dnspod.v20210323.models.CreateRecordRequest;
import com.tencentcloudapi.dnspod.v20210323.models.CreateRecordResponse;
import com.tencentcloudapi.dnspod.v20210323.models.DeleteRecordRequest;
import com.tencentcloudapi.dnspod.v20210323.models.DescribeRecordListRequest;
import com.tencentcloudapi.dnspod.v20210323.models.DescribeRecordListResponse;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.DnspodEmulator;
import dev.polycert.testing.Resources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tencent Cloud's own SDK calls every operation of the emulated DNSPod. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnspodJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(TencentSdk.KEYS, DnspodEmulator::new);

  @RegisterExtension final Resources resources = new Resources();
  private Wire wire;
  private DnspodClient sdk;

  @BeforeAll
  void connect() {
    wire = resources.add(new Wire(SANDBOX.uri("/").getPort()));
    sdk = TencentSdk.dnspod(wire.authority(), TencentSdk.keys());
  }

  @Test
  void theSdkUnderstandsEveryOperation() throws Exception {
    CreateRecordResponse created = sdk.CreateRecord(creation("token"));
    TencentSdk.assertKnows(wire, created);

    DescribeRecordListResponse listed = sdk.DescribeRecordList(listing());
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getRecordList()).hasSize(1);
    assertThat(listed.getRecordList()[0].getRecordId()).isEqualTo(created.getRecordId());
    assertThat(listed.getRecordList()[0].getValue()).isEqualTo("token");
    assertThat(SANDBOX.control("GET", "dns", "").encode())
        .contains("_acme-challenge.www.example.com", "token");

    DeleteRecordRequest deletion = new DeleteRecordRequest();
    deletion.setDomain("example.com");
    deletion.setRecordId(created.getRecordId());
    TencentSdk.assertKnows(wire, sdk.DeleteRecord(deletion));
    assertThat(TencentSdk.refusal(() -> sdk.DeleteRecord(deletion)).getErrorCode())
        .isEqualTo("InvalidParameter.RecordIdInvalid");
    assertThat(TencentSdk.refusal(() -> sdk.DescribeRecordList(listing())).getErrorCode())
        .isEqualTo("ResourceNotFound.NoDataOfRecord");
  }

  @Test
  void theSdkIsRefusedWhatTheVendorRefuses() throws Exception {
    sdk.CreateRecord(creation("token"));
    assertThat(TencentSdk.refusal(() -> sdk.CreateRecord(creation("token"))).getErrorCode())
        .isEqualTo("InvalidParameter.DomainRecordExist");
    CreateRecordRequest low = creation("other");
    low.setTTL(60L);
    assertThat(TencentSdk.refusal(() -> sdk.CreateRecord(low)).getErrorCode())
        .isEqualTo("LimitExceeded.RecordTtlLimit");
    DnspodClient stranger =
        TencentSdk.dnspod(wire.authority(), new Credential(Capture.KEY_ID, "not-the-secret"));
    assertThat(TencentSdk.refusal(() -> stranger.CreateRecord(creation("x"))).getErrorCode())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void judgesAllThatIsEmulated() {
    assertThat(TencentSdk.emulated(sdk))
        .containsExactlyInAnyOrder("CreateRecord", "DeleteRecord", "DescribeRecordList");
  }

  private static CreateRecordRequest creation(String value) {
    CreateRecordRequest request = new CreateRecordRequest();
    request.setDomain("example.com");
    request.setSubDomain("_acme-challenge.www");
    request.setRecordType("TXT");
    request.setRecordLine("默认");
    request.setValue(value);
    request.setTTL(600L);
    return request;
  }

  private static DescribeRecordListRequest listing() {
    DescribeRecordListRequest request = new DescribeRecordListRequest();
    request.setDomain("example.com");
    request.setSubdomain("_acme-challenge.www");
    request.setRecordType("TXT");
    return request;
  }
}
