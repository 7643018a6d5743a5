package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World.KeyKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EsaOwnCertificateTest {
  private final EsaCalls calls = new EsaCalls();
  private final long site = calls.site("example.com");

  private Map<String, Object> upload() {
    var pem = calls.world.issue(List.of("a.example.com"), Duration.ofDays(9), KeyKind.EC_P256);
    var parameters = new HashMap<String, Object>(Map.of("SiteId", site, "Type", "upload"));
    parameters.put("Name", "mine");
    parameters.put("Certificate", pem.certificatePem());
    parameters.put("PrivateKey", Pem.encode(pem.keys().getPrivate()));
    return parameters;
  }

  private String set(Map<String, Object> parameters) {
    var reply = calls.emulator.handle(calls.form("SetCertificate", parameters));
    assertThat(reply.status()).isEqualTo(200);
    return EsaCalls.json(reply).get("Id").asText();
  }

  private String refusal(Map<String, Object> parameters) {
    return EsaCalls.refusal(calls.emulator.handle(calls.form("SetCertificate", parameters)));
  }

  @Test
  void replacesOneButNoFreeOne() {
    var id = set(upload());
    var again = upload();
    again.put("Id", id);
    assertThat(set(again)).isEqualTo(id);
    again.put("Id", calls.apply(site, "www.example.com", "lets_encrypt"));
    assertThat(refusal(again)).isEqualTo("400 InvalidId");
  }

  @Test
  void takesNoMoreThanTheQuotaButReplacesWhatIsThere() {
    calls.world.quota(1);
    var first = upload();
    var id = set(first);
    assertThat(refusal(upload())).isEqualTo("400 CertQuotaCheckFailed");
    var again = upload();
    again.put("Id", id);
    assertThat(set(again)).isEqualTo(id);
  }

  @Test
  void refusesWhatIsMissingOrUnreadable() {
    assertThat(refusal(Map.of("SiteId", site))).isEqualTo("400 MissingType");
    assertThat(refusal(Map.of("SiteId", site, "Type", "free")))
        .isEqualTo("400 InvalidParameter.Type");
    assertThat(refusal(Map.of("SiteId", site, "Type", "cas"))).isEqualTo("400 MissingCasId");
    var foreign = upload();
    foreign.put("PrivateKey", upload().get("PrivateKey"));
    assertThat(refusal(foreign)).isEqualTo("400 InvalidPrivateKey");
    foreign.put("PrivateKey", "x");
    assertThat(refusal(foreign)).isEqualTo("400 InvalidPrivateKey");
    var unreadable = upload();
    unreadable.put("Certificate", "no certificate");
    assertThat(refusal(unreadable)).isEqualTo("400 InvalidCertificate");
  }
}
