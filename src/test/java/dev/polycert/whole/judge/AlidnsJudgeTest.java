package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.alibaba.AlidnsEmulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alibaba Cloud's own SDK calls every operation of the emulated Alidns. */
class AlidnsJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(EsaSdk.KEYS, AlidnsEmulator::new);

  private static final Map<String, String> RECORD =
      Map.of(
          "DomainName", "example.com",
          "RR", "_acme-challenge.www",
          "Type", "TXT",
          "Value", "token",
          "TTL", "600");
  private static final Map<String, String> NAME =
      Map.of(
          "DomainName", "example.com",
          "SubDomain", "_acme-challenge.www.example.com",
          "Type", "TXT");

  private final EsaSdk sdk = sdk(Capture.SECRET);

  private static EsaSdk sdk(String secret) {
    return new EsaSdk("127.0.0.1:" + SANDBOX.uri("/").getPort(), secret, "2015-01-09");
  }

  @Test
  void theSdkUnderstandsEveryOperation() throws Exception {
    String id = sdk.call("AddDomainRecord", RECORD).path("RecordId").asText();

    JsonNode listed = sdk.call("DescribeSubDomainRecords", NAME);
    assertThat(listed.path("TotalCount").asInt()).isOne();
    JsonNode record = listed.path("DomainRecords").path("Record").path(0);
    assertThat(record.path("RecordId").asText()).isEqualTo(id);
    assertThat(record.path("RR").asText()).isEqualTo("_acme-challenge.www");
    assertThat(record.path("Value").asText()).isEqualTo("token");
    assertThat(SANDBOX.control("GET", "dns", "").encode())
        .contains("_acme-challenge.www.example.com", "token");

    assertThat(sdk.call("DeleteDomainRecord", Map.of("RecordId", id)).path("RecordId").asText())
        .isEqualTo(id);
    assertThat(
            EsaSdk.refusal(() -> sdk.call("DeleteDomainRecord", Map.of("RecordId", id))).getCode())
        .isEqualTo("DomainRecordNotBelongToUser");
    assertThat(sdk.call("DescribeSubDomainRecords", NAME).path("TotalCount").asInt()).isZero();
  }

  @Test
  void theSdkIsRefusedWhatTheVendorRefuses() throws Exception {
    sdk.call("AddDomainRecord", RECORD);
    assertThat(EsaSdk.refusal(() -> sdk.call("AddDomainRecord", RECORD)).getCode())
        .isEqualTo("DomainRecordDuplicate");
    assertThat(
            EsaSdk.refusal(() -> sdk("not-the-secret").call("DescribeSubDomainRecords", NAME))
                .getCode())
        .isEqualTo("SignatureDoesNotMatch");
  }
}
