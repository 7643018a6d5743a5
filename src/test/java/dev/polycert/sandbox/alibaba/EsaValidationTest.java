package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EsaValidationTest {
  private final EsaCalls calls = new EsaCalls();
  private final long site = calls.site("example.com");

  private JsonNode result(String id) {
    return calls.certificate(site, id).get("Result");
  }

  private String status(String id) {
    return result(id).get("Status").asText();
  }

  private String applied(String domain, String type) {
    return calls.apply(site, domain, type);
  }

  private void publish(JsonNode item) {
    calls.world.addDns(item.get("Key").asText(), "TXT", item.get("Value").asText());
  }

  @Test
  void offersDnsAndHttpForAPlainNameOfLetsEncrypt() {
    var items = result(applied("www.example.com", "lets_encrypt")).get("DCV");
    assertThat(items.findValuesAsText("Type")).containsExactly("DNS", "HTTP");
    assertThat(items.findValuesAsText("Status")).containsExactly("pending", "pending");
    assertThat(items.get(0).get("Key").asText()).isEqualTo("_acme-challenge.www.example.com");
    assertThat(items.get(1).get("Key").asText())
        .startsWith("http://www.example.com/.well-known/acme-challenge/");
  }

  @Test
  void offersDnsAloneForWildcardsAndDigicert() {
    var wildcard = result(applied("*.example.com", "lets_encrypt")).get("DCV");
    assertThat(wildcard.findValuesAsText("Key")).containsExactly("_acme-challenge.example.com");
    var digicert = result(applied("a.example.com", "digicert_single")).get("DCV");
    assertThat(digicert.findValuesAsText("Key")).containsExactly("_dnsauth.a.example.com");
  }

  @Test
  void issuesWhenTheFileIsServed() {
    var id = applied("www.example.com", "lets_encrypt");
    var item = result(id).get("DCV").get(1);
    var url = URI.create(item.get("Key").asText());
    calls.world.putFile(url.getHost(), url.getPath(), "something else");
    assertThat(status(id)).isEqualTo("Applying");
    calls.world.putFile(url.getHost(), url.getPath(), item.get("Value").asText() + "\n");
    assertThat(status(id)).isEqualTo("Issued");
  }

  @Test
  void issuesWhereControlIsDelegated() {
    var id = applied("*.example.com", "lets_encrypt");
    var target = "example.com." + site + ".dcv.aliyun-esa.com";
    calls.world.addDns("_dnsauth.example.com", "CNAME", target);
    assertThat(status(id)).isEqualTo("Issued");
  }

  @Test
  void validatesSitesWithNsAccessByItself() {
    EsaControlTest.control(calls.emulator, "site", "{\"name\":\"example.com\",\"access\":\"NS\"}");
    long nsSite = calls.site("example.com");
    var id = calls.apply(nsSite, "www.example.com", "lets_encrypt");
    assertThat(calls.certificate(nsSite, id).get("Status").asText()).isEqualTo("OK");
  }

  @Test
  void takesTheTimeThatIssuingTakes() {
    calls.world.issueDelay(Duration.ofMinutes(5));
    var id = applied("www.example.com", "lets_encrypt");
    publish(result(id).get("DCV").get(0));
    assertThat(status(id)).isEqualTo("Applying");
    assertThat(result(id).get("DCV")).isEmpty();
    calls.world.advance(Duration.ofMinutes(5));
    assertThat(status(id)).isEqualTo("Issued");
  }

  @Test
  void agesToExpiringAndExpired() {
    var id = applied("www.example.com", "lets_encrypt");
    publish(result(id).get("DCV").get(0));
    assertThat(status(id)).isEqualTo("Issued");
    calls.world.advance(Duration.ofDays(61));
    assertThat(status(id)).isEqualTo("Expiring");
    calls.world.advance(Duration.ofDays(30));
    assertThat(status(id)).isEqualTo("Expired");
  }

  @Test
  void letsAnIssuedNameBeAppliedForAgain() {
    var first = applied("www.example.com", "lets_encrypt");
    publish(result(first).get("DCV").get(0));
    assertThat(status(first)).isEqualTo("Issued");
    var second = applied("www.example.com", "lets_encrypt");
    assertThat(status(second)).isEqualTo("Applying");
    assertThat(status(first)).isEqualTo("Issued");
  }

  @Test
  void listsByKeywordWithWhatToPublish() {
    applied("www.example.com", "lets_encrypt");
    applied("shop.example.com", "lets_encrypt");
    var list = calls.ok("ListCertificates", Map.of("SiteId", site, "Keyword", "shop.example"));
    assertThat(list.get("TotalCount").asInt()).isEqualTo(1);
    assertThat(list.at("/Result/0/CommonName").asText()).isEqualTo("shop.example.com");
    assertThat(list.at("/Result/0/DCV")).hasSize(2);
  }

  @Test
  void listsOnlyValidOnesWhenAskedTo() {
    var id = applied("www.example.com", "lets_encrypt");
    applied("shop.example.com", "lets_encrypt");
    publish(result(id).get("DCV").get(0));
    var list = calls.ok("ListCertificates", Map.of("SiteId", site, "ValidOnly", true));
    assertThat(list.get("Result").findValuesAsText("CommonName"))
        .containsExactly("www.example.com");
  }

  @Test
  void pagesTheList() {
    applied("a.example.com", "lets_encrypt");
    applied("b.example.com", "lets_encrypt");
    var page = calls.ok("ListCertificates", Map.of("SiteId", site, "PageNumber", 2, "PageSize", 1));
    assertThat(page.get("TotalCount").asInt()).isEqualTo(2);
    assertThat(page.get("Result").findValuesAsText("CommonName")).containsExactly("b.example.com");
  }

  @Test
  void tellsTheStateOfRecords() {
    var issued = applied("*.example.com", "lets_encrypt");
    publish(result(issued).get("DCV").get(0));
    applied("a.b.example.com", "lets_encrypt");
    var records =
        Map.of("SiteId", site, "RecordName", "www.example.com,a.b.example.com,example.com");
    var result = calls.ok("ListCertificatesByRecord", records).get("Result");
    assertThat(result.findValuesAsText("Status")).containsExactly("configured", "applying", "none");
    assertThat(result.get(1).get("ApplylingCount").asInt()).isEqualTo(1);
    assertThat(result.get(0).has("Certificates")).isFalse();
  }

  @Test
  void keepsCertificatesToTheirSites() {
    var id = applied("www.example.com", "lets_encrypt");
    long other = calls.site("example.org");
    assertThat(calls.refusal("GetCertificate", Map.of("SiteId", other, "Id", id)))
        .isEqualTo("400 InvalidId");
  }
}
