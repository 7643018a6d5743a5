package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.huawei.ScmCalls.CERTIFICATES;
import static dev.polycert.sandbox.huawei.ScmCalls.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScmApplicationTest {
  private final ScmCalls calls = new ScmCalls();

  private String refusal(String id, ObjectNode form) {
    return calls.refusal("POST", CERTIFICATES + "/" + id + "/apply", form.toString());
  }

  @Test
  void answersWithoutAnIdAndWritesTheLedger() {
    var id = calls.unused("SINGLE_DOMAIN");
    var answer =
        calls.ok("POST", CERTIFICATES + "/" + id + "/apply", form("www.example.com").toString());
    assertThat(answer).hasToString("{\"request_info\":\"success\"}");
    assertThat(calls.world.ledger()).containsExactly("ApplyCertificate www.example.com " + id);
  }

  @Test
  void wantsConsent() {
    var id = calls.unused("SINGLE_DOMAIN");
    var form = form("www.example.com");
    assertThat(refusal(id, form.put("agree_privacy_protection", false))).isEqualTo("400 SCM.0005");
    assertThat(refusal(id, form.put("agree_privacy_protection", "true"))).isEqualTo("400 SCM.0005");
    form.remove("agree_privacy_protection");
    assertThat(refusal(id, form)).isEqualTo("400 SCM.0005");
    assertThat(calls.world.ledger()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"domain", "applicant_name", "applicant_phone", "applicant_email"})
  void namesTheMandatoryFieldThatIsMissing(String field) {
    var form = form("www.example.com");
    form.remove(field);
    var id = calls.unused("SINGLE_DOMAIN");
    var reply =
        calls.emulator.handle(
            calls.request("POST", CERTIFICATES + "/" + id + "/apply", form.toString()));
    assertThat(ScmCalls.refusal(reply)).isEqualTo("400 SCM.0005");
    assertThat(ScmCalls.json(reply).get("error_msg").asText()).contains(" " + field + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "applicant_name, Bob",
    "applicant_name, John Doe",
    "country,        CHN",
    "domain_method,  FILE",
    "key_algorithm,  DSA",
    "csr,            no request"
  })
  void refusesValuesThatTheVendorCannotTake(String field, String value) {
    assertThat(refusal(calls.unused("SINGLE_DOMAIN"), form("www.example.com").put(field, value)))
        .isEqualTo("400 SCM.0005");
  }

  @Test
  void refusesTextThatIsNoTextOrTooLong() {
    var id = calls.unused("SINGLE_DOMAIN");
    assertThat(refusal(id, form("www.example.com").put("company_name", 7)))
        .isEqualTo("400 SCM.0005");
    assertThat(refusal(id, form("www.example.com").put("company_name", "x".repeat(64))))
        .isEqualTo("400 SCM.0005");
    assertThat(refusal(id, form("www.example.com").put("auto_dns_auth", "yes")))
        .isEqualTo("400 SCM.0005");
    assertThat(calls.refusal("POST", CERTIFICATES + "/" + id + "/apply", "{\"domain\":"))
        .isEqualTo("400 SCM.0005");
  }

  @ParameterizedTest
  @CsvSource({
    "SINGLE_DOMAIN, *.example.com,   ''",
    "WILDCARD,      www.example.com, ''",
    "SINGLE_DOMAIN, www.example.com, shop.example.com",
    "SINGLE_DOMAIN, bad_name.com,    ''"
  })
  void refusesNamesThatDoNotFitThePurchase(String type, String domain, String sans) {
    assertThat(refusal(calls.unused(type), form(domain).put("sans", sans)))
        .isEqualTo("400 SCM.0015");
  }

  @Test
  void countsTheNamesOfAMultiDomainCertificate() {
    var id = calls.buy("DV_SSL_CERT", "MULTI_DOMAIN", 2, 1).getFirst();
    assertThat(refusal(id, form("a.example.com").put("sans", "b.example.com;c.example.com")))
        .isEqualTo("400 SCM.0015");
    calls.apply(id, form("a.example.com").put("sans", "a.example.com;b.example.com;"));
    var shown = calls.show(id);
    assertThat(shown.get("authentification").findValuesAsText("domain"))
        .containsExactly("a.example.com", "b.example.com");
    assertThat(shown.get("multi_domain_type").asText()).isEqualTo("primary_single");
    assertThat(shown.get("sans").asText()).isEqualTo("b.example.com");
  }

  @Test
  void wantsTheOrganisationForOrganisationCertificates() {
    var id = calls.buy("OV_SSL_CERT", "SINGLE_DOMAIN", 1, 1).getFirst();
    var form = form("www.example.com").put("ca_hash_algorithm", "SHA-256");
    assertThat(refusal(id, form)).isEqualTo("400 SCM.0005");
    organisation(form).remove("ca_hash_algorithm");
    assertThat(refusal(id, form)).isEqualTo("400 SCM.0005");
    calls.apply(id, form.put("ca_hash_algorithm", "DEFAULT"));
  }

  private static ObjectNode organisation(ObjectNode form) {
    return form.put("company_name", "公司")
        .put("company_province", "四川")
        .put("company_city", "成都")
        .put("country", "CN");
  }

  @Test
  void wantsTheOrganisationAlwaysInTheOldApi() {
    var id = calls.unused("SINGLE_DOMAIN");
    var path = "/v2/" + "0".repeat(32) + "/scm/cert/" + id + "/complete";
    var form = form("www.example.com").put("applicant_name", "华卫");
    assertThat(calls.refusal("POST", path, form.toString())).isEqualTo("400 SCM.0005");
    assertThat(calls.ok("POST", path, organisation(form).toString()))
        .hasToString("{\"request_info\":\"success\"}");
    assertThat(calls.show(id).at("/application_info/company_name").asText()).isEqualTo("公司");
  }

  @Test
  void issuesForTheCustomersKey() throws Exception {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var request =
        new JcaPKCS10CertificationRequestBuilder(
                new X500Name("CN=www.example.com"), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    var lines = Base64.getMimeEncoder().encodeToString(request.getEncoded());
    var pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n" + lines + "\n-----END CERTIFICATE REQUEST-----\n";
    var id = calls.unused("SINGLE_DOMAIN");
    assertThat(refusal(id, form("shop.example.com").put("csr", pem))).isEqualTo("400 SCM.0005");
    calls.apply(id, form("www.example.com").put("csr", pem));
    calls.publish(calls.show(id));
    assertThat(calls.status(id)).isEqualTo("ISSUED");
    var exported = calls.ok("POST", CERTIFICATES + "/" + id + "/export", "");
    assertThat(exported.get("private_key").isNull()).isTrue();
    var push = "{\"target_project\":\"cn-north-4\",\"target_service\":\"WAF\"}";
    assertThat(calls.refusal("POST", CERTIFICATES + "/" + id + "/push", push))
        .isEqualTo("400 SCM.0028");
  }

  @Test
  void hasAStockThatFillsUpAgain() {
    for (int i = 0; i < 60; i++) {
      calls.applied("a" + i + ".example.com");
    }
    var paid = calls.get(CERTIFICATES + "?status=PAID");
    assertThat(paid.get("total_count").asInt()).isEqualTo(100);
    assertThat(calls.world.ledger()).hasSize(60);
  }

  @Test
  void showsAllOfTheStockInThreePages() {
    var types = new ArrayList<String>();
    for (int offset = 0; offset <= 100; offset += 50) {
      Iterator<?> lines =
          calls.get(CERTIFICATES + "?limit=50&offset=" + offset).get("certificates").elements();
      lines.forEachRemaining(line -> types.add(line.toString()));
    }
    assertThat(types.stream().filter(line -> line.contains("SINGLE_DOMAIN"))).hasSize(50);
    assertThat(types.stream().filter(line -> line.contains("WILDCARD"))).hasSize(50);
  }
}
