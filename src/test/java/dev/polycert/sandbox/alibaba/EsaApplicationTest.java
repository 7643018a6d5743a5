package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EsaApplicationTest {
  private final EsaCalls calls = new EsaCalls();
  private final long site = calls.site("example.com");

  private Map<String, Object> domains(String domains) {
    return new HashMap<>(Map.of("SiteId", site, "Domains", domains));
  }

  @Test
  void countsTheDomainsAskedForAndNotTheResults() {
    var answer = calls.ok("ApplyCertificate", domains("a.example.com, a.example.com"));
    assertThat(answer.get("TotalCount").asInt()).isEqualTo(2);
    assertThat(answer.get("Result")).hasSize(1);
  }

  @Test
  void makesIdsThatLookLikeNumbersAndIdsThatDoNot() {
    assertThat(calls.apply(site, "a.example.com", "lets_encrypt")).matches("3\\d{7}");
    assertThat(calls.apply(site, "b.example.com", "lets_encrypt")).matches("[0-9a-f]{32}");
  }

  @Test
  void writesEveryApplicationIntoTheLedger() {
    var id = calls.apply(site, "www.example.com", "lets_encrypt");
    assertThat(calls.world.ledger()).containsExactly("ApplyCertificate www.example.com " + id);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com, zerossl,           400 InvalidParameter.Type",
    "*.example.com,   digicert_single,   400 InvalidParameter.Type",
    "www.example.com, digicert_wildcard, 400 InvalidParameter.Type",
    "www.example.org, lets_encrypt,      400 InvalidDomains",
    "bad_name.example.com, lets_encrypt, 400 InvalidDomains",
    "',',             lets_encrypt,      400 MissingDomains"
  })
  void refuses(String domains, String type, String refusal) {
    var parameters = domains(domains);
    parameters.put("Type", type);
    assertThat(calls.refusal("ApplyCertificate", parameters)).isEqualTo(refusal);
    assertThat(calls.world.ledger()).isEmpty();
  }

  @Test
  void holdsTheQuota() {
    calls.world.quota(2);
    calls.apply(site, "a.example.com", "lets_encrypt");
    assertThat(calls.refusal("ApplyCertificate", domains("b.example.com,c.example.com")))
        .isEqualTo("403 QuotaExceeded");
    var id = calls.apply(site, "b.example.com", "lets_encrypt");
    assertThat(calls.refusal("ApplyCertificate", domains("c.example.com")))
        .isEqualTo("403 QuotaExceeded");
    calls.ok("DeleteCertificate", Map.of("SiteId", site, "Id", id));
    calls.apply(site, "c.example.com", "lets_encrypt");
  }
}
