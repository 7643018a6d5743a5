package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.alibaba.esa.AlibabaEsaProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** From the same state of the sandbox our provider reports what Alibaba Cloud's own SDK reports. */
@QuarkusTest
class EsaOutcomeTest extends OutcomeTests {
  @Inject AlibabaEsaProvider provider;

  private EsaSdk sdk;
  private Steps steps;

  @Override
  void connect() {
    sdk = new EsaSdk(sandbox.authority(), Capture.SECRET);
    steps = new Steps(provider);
  }

  @Test
  void whatWeApplyForIsWhatTheSdkSees() throws Exception {
    Preparation.Ready ready =
        (Preparation.Ready) steps.prepare(Steps.application("www.example.com", Map.of()));
    JsonNode site = sdk.call("ListSites", Map.of("SiteName", "example.com")).get("Sites").get(0);
    assertThat(ready.plan().settings()).containsEntry("siteId", site.get("SiteId").asText());
    JsonNode quota =
        sdk.call("GetCertificateQuota", Map.of("SiteId", site.get("SiteId"), "Type", "free"));
    long left = quota.get("Quota").asLong() - quota.get("QuotaUsage").asLong();
    assertThat(ready.plan().notes().getFirst()).startsWith(left + " of ");

    Application planned = steps.planned(Steps.application("www.example.com", Map.of()));
    Reference reference = steps.place(planned).reference();
    Application applied = Steps.with(planned, reference);
    Progress pending = (Progress) steps.check(applied);
    assertThat(pending.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertSame(pending, certificate(reference));

    sandbox.publish(pending.validations().stream().limit(1).toList());
    Progress issued = (Progress) steps.check(applied);
    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertSame(issued, certificate(reference));

    sandbox.control("POST", "clock", "{\"advance\":\"PT2160H\"}");
    Progress expired = (Progress) steps.check(applied);
    assertThat(certificate(reference).get("Status").asText()).isEqualTo("Expired");
    assertThat(expired.phase()).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void whatTheSdkAppliedForIsFoundAdoptedAndFails() throws Exception {
    String site =
        sdk.call("ListSites", Map.of("SiteName", "example.com")).at("/Sites/0/SiteId").asText();
    String id =
        sdk.call(
                "ApplyCertificate",
                Map.of("SiteId", site, "Domains", "www.example.com", "Type", "lets_encrypt"))
            .at("/Result/0/Id")
            .asText();
    Reference reference = Reference.of("siteId", site, "id", id);
    Application application = Steps.application("www.example.com", Map.of());
    Progress adopted = ((Preparation.Existing) steps.prepare(application)).progress();
    assertThat(adopted.reference()).isEqualTo(reference);
    assertSame(adopted, certificate(reference));

    sandbox.control(
        "POST", "alibaba-esa/fail", "{\"domain\":\"www.example.com\",\"message\":\"no luck\"}");
    Progress failed = (Progress) steps.check(Steps.with(application, reference));
    assertThat(certificate(reference).get("Status").asText()).isEqualTo(failed.vendorStatus());
    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.message()).contains(certificate(reference).get("ApplyMessage").asText());
  }

  @Test
  void whatTheSdkDeletedIsAbsent() throws Exception {
    Application planned = steps.planned(Steps.application("www.example.com", Map.of()));
    Reference reference = steps.place(planned).reference();
    sdk.call("DeleteCertificate", parameters(reference));
    assertThat(steps.check(Steps.with(planned, reference))).isInstanceOf(Failure.Absent.class);
    assertThat(steps.find(planned)).isInstanceOf(Failure.Absent.class);
  }

  private JsonNode certificate(Reference reference) throws Exception {
    return sdk.call("GetCertificate", parameters(reference)).get("Result");
  }

  private static Map<String, String> parameters(Reference reference) {
    return Map.of("SiteId", reference.id("siteId"), "Id", reference.id("id"));
  }

  private static void assertSame(Progress ours, JsonNode theirs) {
    assertThat(ours.vendorStatus()).isEqualTo(theirs.get("Status").asText());
    List<Validation> expected =
        StreamSupport.stream(theirs.get("DCV").spliterator(), false)
            .map(EsaOutcomeTest::validation)
            .toList();
    assertThat(ours.validations())
        .map(each -> each.withNote(null))
        .containsExactlyElementsOf(expected);
    if (ours.phase() == Phase.ISSUED) {
      assertThat(ours.certificate().commonName()).isEqualTo(theirs.get("CommonName").asText());
      assertThat(String.join(",", ours.certificate().names()))
          .isEqualTo(theirs.get("SAN").asText());
      assertThat(ours.certificate().serialNumber()).isEqualTo(theirs.get("SerialNumber").asText());
      assertThat(ours.certificate().notBefore()).isEqualTo(time(theirs.get("NotBefore")));
      assertThat(ours.certificate().notAfter()).isEqualTo(time(theirs.get("NotAfter")));
    }
  }

  private static Validation validation(JsonNode item) {
    String key = item.get("Key").asText();
    String value = item.get("Value").asText();
    return item.get("Type").asText().equals("DNS")
        ? Validation.dns("www.example.com", key, "TXT", value)
        : Validation.file("www.example.com", key, value);
  }

  private static Instant time(JsonNode utc) {
    return LocalDateTime.parse(utc.asText(), DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
        .toInstant(ZoneOffset.UTC);
  }
}
