package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.huawei.ScmCalls.CERTIFICATES;
import static dev.polycert.sandbox.huawei.ScmCalls.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.FakeWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScmPurchaseTest {
  private static final String BUY = CERTIFICATES + "/buy";
  private final ScmCalls calls = new ScmCalls();

  private String refusal(Object order) {
    return calls.refusal("POST", BUY, order.toString());
  }

  private void control(String path, String body) {
    calls.emulator.control("POST", path, FakeWorld.body(body));
  }

  @Test
  void buysWhatWasOrderedAndWritesTheLedger() {
    var order = order("DV_SSL_CERT_BASIC", "SINGLE_DOMAIN", 1, 2);
    var answer = calls.ok("POST", BUY, order.toString());
    var ids = answer.get("cert").findValuesAsText("cert_id");
    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    assertThat(calls.world.ledger())
        .containsExactly(
            "SubscribeCertificate  " + ids.get(0), "SubscribeCertificate  " + ids.get(1));
    var shown = calls.show(ids.getFirst());
    assertThat(shown.get("order_id")).isEqualTo(answer.get("order_id"));
    assertThat(shown.get("type").asText()).isEqualTo("DV_SSL_CERT_BASIC");
  }

  @Test
  void givesTwentyFreeOnesAndNoMore() {
    calls.buy("DV_SSL_CERT_BASIC", "SINGLE_DOMAIN", 1, 19);
    assertThat(refusal(order("DV_SSL_CERT_BASIC", "SINGLE_DOMAIN", 1, 2)))
        .isEqualTo("400 SCM.0011");
    calls.buy("DV_SSL_CERT_BASIC", "SINGLE_DOMAIN", 1, 1);
    assertThat(refusal(order("DV_SSL_CERT_BASIC", "SINGLE_DOMAIN", 1, 1)))
        .isEqualTo("400 SCM.0011");
    assertThat(calls.buy("DV_SSL_CERT", "SINGLE_DOMAIN", 1, 1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "DV_SSL,      SINGLE_DOMAIN, 1, 1",
    "DV_SSL_CERT, TRIPLE_DOMAIN, 1, 1",
    "DV_SSL_CERT, SINGLE_DOMAIN, 2, 1",
    "DV_SSL_CERT, MULTI_DOMAIN,  1, 1",
    "DV_SSL_CERT, SINGLE_DOMAIN, 1, 0",
    "DV_SSL_CERT, SINGLE_DOMAIN, 1, 101"
  })
  void refusesOrdersThatTheVendorDoesNotTake(
      String type, String domainType, int domains, int count) {
    assertThat(refusal(order(type, domainType, domains, count))).isEqualTo("400 SCM.0005");
    assertThat(calls.world.ledger()).isEmpty();
  }

  @Test
  void wantsConsentAndYears() {
    var order = order("DV_SSL_CERT", "SINGLE_DOMAIN", 1, 1);
    assertThat(refusal(order.deepCopy().put("agree_privacy_protection", false)))
        .isEqualTo("400 SCM.0005");
    assertThat(refusal(order.deepCopy().put("effective_time", 4))).isEqualTo("400 SCM.0005");
    assertThat(refusal(order.deepCopy().put("effective_time", "1"))).isEqualTo("400 SCM.0005");
  }

  @Test
  void takesUnusedOnesBack() {
    var id = calls.buy("DV_SSL_CERT", "SINGLE_DOMAIN", 1, 1).getFirst();
    var path = CERTIFICATES + "/" + id + "/unsubscribe";
    assertThat(calls.ok("DELETE", path, "").get("unsubscribe_results").asText())
        .isEqualTo("success");
    assertThat(calls.refusal("DELETE", path, "")).isEqualTo("400 SCM.0008");
    var used = calls.applied("www.example.com");
    assertThat(calls.refusal("DELETE", CERTIFICATES + "/" + used + "/unsubscribe", ""))
        .isEqualTo("400 SCM.0010");
  }

  @Test
  void canBeLeftWithoutStock() {
    control("stock", "{\"count\":0}");
    assertThat(calls.get(CERTIFICATES).get("total_count").asInt()).isZero();
    var bought = calls.buy("DV_SSL_CERT", "WILDCARD", 1, 1).getFirst();
    assertThat(calls.unused("WILDCARD")).isEqualTo(bought);
    calls.world.reset();
    assertThat(calls.get(CERTIFICATES).get("total_count").asInt()).isEqualTo(100);
    assertThat(calls.refusal("GET", CERTIFICATES + "/" + bought, "")).isEqualTo("400 SCM.0008");
  }

  @Test
  void canHaveMoreOfOneKind() {
    control("stock", "{\"count\":7,\"wildcards\":2}");
    assertThat(calls.get(CERTIFICATES).get("total_count").asInt()).isEqualTo(9);
  }

  @Test
  void letsAnOpenApplicationFail() {
    var id = calls.applied("www.example.com");
    control("fail", "{\"domain\":\"www.example.com\"}");
    assertThat(calls.status(id)).isEqualTo("UNPASSED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fail   | {\"domain\":\"www.example.com\"} | no open application",
        "stock  | {}                               | give a number",
        "stocks | {}                               | POST stock or POST fail"
      })
  void saysWhatItCannotDo(String path, String body, String message) {
    assertThatThrownBy(() -> control(path, body))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining(message);
  }
}
