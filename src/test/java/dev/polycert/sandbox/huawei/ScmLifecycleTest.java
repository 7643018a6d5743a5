package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.huawei.ScmCalls.CERTIFICATES;
import static dev.polycert.sandbox.huawei.ScmCalls.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScmLifecycleTest {
  private final ScmCalls calls = new ScmCalls();

  private JsonNode list(String query) {
    return calls.get(CERTIFICATES + query);
  }

  @Test
  void knowsNothingOfAnUnusedCertificateButItsPurchase() {
    var shown = calls.show(calls.unused("WILDCARD"));
    assertThat(shown.get("id").asText()).matches("scs\\d{13}");
    assertThat(shown.get("status").asText()).isEqualTo("PAID");
    assertThat(shown.get("domain_type").asText()).isEqualTo("WILDCARD");
    assertThat(shown.get("not_after").isNull()).isTrue();
    assertThat(shown.get("domain").isNull()).isTrue();
    assertThat(shown.get("authentification")).isEmpty();
  }

  @Test
  void tellsWhatToPublishOnlyWhenItIsLookedAt() {
    var id = calls.applied("www.example.com");
    var first = calls.show(id);
    assertThat(first.get("status").asText()).isEqualTo("CHECKING");
    var proof = first.at("/authentification/0");
    assertThat(proof.get("record_name").asText()).isEqualTo("_dnsauth.www.example.com");
    assertThat(proof.get("record_type").asText()).isEqualTo("TXT");
    assertThat(proof.get("record_value").asText()).matches("20261121[0-9a-z]{42}");
    assertThat(proof.get("domain").asText()).isEqualTo("www.example.com");
    var second = calls.show(id);
    assertThat(second.get("status").asText()).isEqualTo("CHECKING_DOMAIN");
    assertThat(second.get("authentification")).isEqualTo(first.get("authentification"));
  }

  @Test
  void provesAWildcardAtTheNameBelowIt() {
    var shown = calls.show(calls.applied("*.example.com"));
    assertThat(shown.at("/authentification/0/record_name").asText())
        .isEqualTo("_dnsauth.example.com");
  }

  @Test
  void issuesARealCertificateOnceTheRecordIsThere() throws Exception {
    var id = calls.issued("www.example.com");
    var shown = calls.show(id);
    assertThat(shown.get("not_before").asText()).isEqualTo("2026-11-21 12:00:00.0");
    assertThat(shown.get("not_after").asText()).isEqualTo("2027-06-08 11:59:59.0");

    var exported = calls.ok("POST", CERTIFICATES + "/" + id + "/export", "");
    var chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(
                    exported
                        .get("entire_certificate")
                        .asText()
                        .getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    assertThat(chain).hasSize(2);
    chain.getFirst().verify(chain.getLast().getPublicKey());
    assertThat(exported.get("private_key").asText()).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(shown.get("fingerprint").asText()).matches("[0-9a-f]{40}");
  }

  @Test
  void isIssuingForTheTimeThatIssuingTakes() {
    calls.world.issueDelay(Duration.ofMinutes(10));
    var id = calls.applied("www.example.com");
    calls.publish(calls.show(id));
    assertThat(calls.status(id)).isEqualTo("ISSUING");
    calls.world.advance(Duration.ofMinutes(10));
    assertThat(calls.status(id)).isEqualTo("ISSUED");
  }

  @Test
  void writesTheRecordIntoItsOwnDnsWhenAskedTo() {
    var id = calls.unused("SINGLE_DOMAIN");
    calls.apply(id, form("www.example.com").put("auto_dns_auth", true));
    assertThat(calls.status(id)).isEqualTo("CHECKING");
    assertThat(calls.world.dns("_dnsauth.www.example.com", "TXT")).hasSize(1);
    assertThat(calls.status(id)).isEqualTo("ISSUED");
  }

  @Test
  void waitsForMailWithoutRecords() {
    var id = calls.unused("SINGLE_DOMAIN");
    calls.apply(id, form("www.example.com").put("domain_method", "EMAIL"));
    assertThat(calls.status(id)).isEqualTo("CHECKING_DOMAIN");
    assertThat(calls.show(id).get("authentification")).isEmpty();
    assertThat(calls.show(id).get("validation_method").asText()).isEqualTo("EMAIL");
  }

  @Test
  void expires() {
    var id = calls.issued("www.example.com");
    calls.world.advance(Duration.ofDays(200));
    assertThat(calls.status(id)).isEqualTo("EXPIRED");
    assertThat(list("?status=EXPIRED").at("/certificates/0/id").asText()).isEqualTo(id);
  }

  @Test
  void cancelsAndCanBeAppliedForAgain() {
    var id = calls.applied("www.example.com");
    var answer = calls.ok("POST", CERTIFICATES + "/" + id + "/cancel-cert", "");
    assertThat(answer).hasToString("{\"cert_id\":\"" + id + "\",\"message\":\"success\"}");
    assertThat(list("?status=CANCELCHECKING").get("total_count").asInt()).isEqualTo(1);
    assertThat(calls.status(id)).isEqualTo("PAID");
    calls.apply(id, form("shop.example.com"));
    assertThat(
            calls.refusal(
                "POST", CERTIFICATES + "/" + calls.unused("WILDCARD") + "/cancel-cert", ""))
        .isEqualTo("400 SCM.0010");
  }

  @Test
  void deletesWhatIsOver() {
    var id = calls.issued("www.example.com");
    var reply = calls.emulator.handle(calls.request("DELETE", CERTIFICATES + "/" + id, ""));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(calls.refusal("GET", CERTIFICATES + "/" + id, "")).isEqualTo("400 SCM.0008");
    var open = calls.applied("www.example.com");
    assertThat(calls.refusal("DELETE", CERTIFICATES + "/" + open, "")).isEqualTo("400 SCM.0010");
  }

  @Test
  void listsLinesWithoutProofs() {
    var id = calls.issued("www.example.com");
    var line = list("?status=ISSUED").at("/certificates/0");
    assertThat(line.get("id").asText()).isEqualTo(id);
    assertThat(line.get("domain").asText()).isEqualTo("www.example.com");
    assertThat(line.get("expire_time").asText()).isEqualTo("2027-06-08 11:59:59.0");
    assertThat(line.has("authentification")).isFalse();
  }

  @Test
  void listsTenWhenNotTold() {
    assertThat(list("").get("certificates")).hasSize(10);
  }

  @Test
  void sorts() {
    calls.world.advance(Duration.ofMinutes(1));
    var id = calls.issued("www.example.com");
    assertThat(list("").at("/certificates/0/id").asText()).isEqualTo(id);
    assertThat(list("?sort_dir=ASC").at("/certificates/0/id").asText()).isNotEqualTo(id);
    assertThat(list("?sort_key=certExpiredTime&sort_dir=ASC").at("/certificates/0/id").asText())
        .isEqualTo(id);
    assertThat(list("?sort_key=certStatus&sort_dir=ASC").at("/certificates/0/id").asText())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=25",
        "limit=100",
        "offset=101",
        "offset=x",
        "sort_dir=UP",
        "sort_key=name",
        "status=DONE"
      })
  void refusesListsThatTheVendorDoesNotHave(String query) {
    assertThat(calls.refusal("GET", CERTIFICATES + "?" + query, "")).isEqualTo("400 SCM.0005");
  }
}
