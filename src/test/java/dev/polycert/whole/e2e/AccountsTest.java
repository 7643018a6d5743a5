package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.JsonTree;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two accounts of Tencent Cloud, and a third one that lacks a key. */
@QuarkusTest
@TestProfile(AccountsTest.Accounts.class)
class AccountsTest {

  @BeforeEach
  void reset() {
    Api.reset();
    Api.sandbox().post("/journal").require(200);
  }

  @Test
  void oneRequestAppliesAtTwoAccountsOfOneVendor() {
    JsonTree applied =
        Api.post(
            "/apply",
            Map.of(
                "domains", List.of("www.example.com"),
                "providers", List.of("tencent-ssl", "tencent-ssl@prod2")));

    assertThat(applied.<String>list("entries.provider"))
        .containsExactly("tencent-ssl", "tencent-ssl@prod2");
    assertThat(applied.<String>list("entries.state")).containsOnly("PENDING_VALIDATION");
    assertThat(accounts("ApplyCertificate")).containsExactlyInAnyOrder("default", "prod2");
  }

  /** The sandbox refuses what goes beyond the documented 10 a second of an account. */
  @Test
  void eachAccountIsCalledWithinItsLimit() {
    List<String> domains = IntStream.range(0, 15).mapToObj(i -> "w" + i + ".example.com").toList();

    Api.post(
        "/apply",
        Map.of("domains", domains, "providers", List.of("tencent-ssl", "tencent-ssl@prod2")));

    List<Map<String, Object>> applications = calls("ApplyCertificate");
    assertThat(applications)
        .filteredOn(call -> call.get("throttled").equals(false))
        .extracting(call -> call.get("account"), call -> call.get("subject"))
        .hasSize(30)
        .doesNotHaveDuplicates();
    // A call that this machine holds up on its way comes together with the next ones.
    assertThat(applications).hasSizeLessThan(34);
    assertThat(accounts("ApplyCertificate")).contains("default", "prod2");
  }

  @Test
  void theWriterOfAnAccountPublishesInItsZoneAndTheDelivererOfAnAccountUploads() {
    Api.post(
        "/apply",
        Map.of(
            "domains", List.of("www.example.net"),
            "providers", List.of("tencent-ssl"),
            "validation", "DNS_AUTO",
            "deliver", List.of(Map.of("to", "tencent-ssl@prod2"))));

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              Api.post("/renew", Map.of());
              assertThat(order("www.example.net")).containsEntry("state", "ISSUED");
            });
    Map<String, Object> order = order("www.example.net");
    assertThat(order.get("publications")).asString().contains("dnspod@prod2");
    assertThat(order.get("deliveries")).asString().contains("tencent-ssl@prod2");
    assertThat(accounts("CreateRecord")).containsExactly("prod2");
    assertThat(accounts("UploadCertificate")).containsExactly("prod2");
    // What is applied for at example.net is the other account's, and so are its orders.
    assertThat(order).containsEntry("provider", "tencent-ssl");
  }

  @Test
  void twoLabelsAreTwoCertificatesOfOneName() {
    Map<String, Object> request =
        Map.of("domains", List.of("two.example.com"), "providers", List.of("tencent-ssl@prod2"));
    Map<String, Object> labelled = new HashMap<>(request);
    labelled.put("label", "ec");
    labelled.put("keyAlgorithm", "EC_P256");

    JsonTree rsa = Api.post("/apply", request);
    JsonTree ec = Api.post("/apply", labelled);

    assertThat(ec.text("entries[0].state")).isEqualTo("PENDING_VALIDATION");
    assertThat(ec.text("entries[0].label")).isEqualTo("ec");
    assertThat(ec.text("entries[0].orderId")).isNotEqualTo(rsa.text("entries[0].orderId"));
    assertThat(accounts("ApplyCertificate")).containsExactly("prod2", "prod2");
    assertThat(
            Api.polycert()
                .query("label", "ec")
                .query("provider", "tencent-ssl@prod2")
                .get("/orders")
                .json()
                .<String>list("orders.id"))
        .containsExactly(ec.text("entries[0].orderId"));

    JsonTree ended =
        Api.post(
            "/cancel",
            Map.of("orders", List.of(rsa.get("entries[0].orderId"), ec.get("entries[0].orderId"))));
    assertThat(ended.text("orders[0].label")).isNull();
    assertThat(ended.text("orders[1].label")).isEqualTo("ec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tencent-edgeone", "alibaba-esa"})
  void aServiceWithOneCertificateForEachNameRefusesAnotherLabelAtOnce(String provider) {
    Map<String, Object> request =
        Map.of("domains", List.of("single.example.com"), "providers", List.of(provider));
    Map<String, Object> labelled = new HashMap<>(request);
    labelled.put("label", "second");
    String first = Api.post("/apply", request).text("entries[0].orderId");

    for (boolean dryRun : List.of(true, false)) {
      labelled.put("dryRun", dryRun);
      JsonTree refused = Api.post("/apply", labelled);

      assertThat(refused.text("entries[0].error.code")).isEqualTo("Label.Shared");
      assertThat(refused.text("entries[0].error.message"))
          .contains("without a label")
          .doesNotContain(first);
      assertThat(refused.text("entries[0].orderId")).isNull();
      assertThat(refused.number("summary.failed")).isEqualTo(1);
    }
  }

  @Test
  void anAccountThatLacksAKeyIsLeftOutWithANoteAndRefusedByName() {
    JsonTree planned =
        Api.post("/apply", Map.of("domains", List.of("www.example.com"), "dryRun", true));
    assertThat(planned.<String>list("notes"))
        .contains(
            "providers: tencent-ssl@prod3 is left out: it needs"
                + " POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY");

    assertThat(
            Api.polycert()
                .body(
                    Map.of(
                        "domains", List.of("www.example.com"),
                        "providers", List.of("tencent-ssl@prod3")))
                .post("/apply")
                .text())
        .contains("POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY");
  }

  /** The default account of the sandbox has certificates of its own, which must not be seen. */
  @Test
  void eachRouteThatNamesAProviderReachesTheAccountAlone() {
    String account = "tencent-ssl@prod2";
    JsonTree applied =
        Api.post(
            "/apply",
            Map.of("domains", List.of("each.example.com"), "providers", List.of(account)));
    Api.post(
        "/apply",
        Map.of("domains", List.of("each.example.com"), "providers", List.of("tencent-ssl")));
    List<String> orders = List.of(applied.text("entries[0].orderId"));
    Api.sandbox().post("/journal");

    JsonTree adopted = Api.post("/adopt", Map.of("providers", List.of(account)));
    JsonTree cancelled = Api.post("/cancel", Map.of("orders", orders));

    assertThat(adopted.list("providers.provider")).containsExactly(account);
    assertThat(adopted.<String>list("providers[0].items.orderId"))
        .containsExactlyElementsOf(orders);
    assertThat(cancelled.list("orders.provider")).containsExactly(account);
    assertThat(
            Api.polycert()
                .query("provider", account)
                .query("domain", "each.example.com")
                .get("/orders")
                .json()
                .list("orders.id"))
        .isEqualTo(orders);
    assertThat(
            Api.polycert()
                .query("provider", account)
                .get("/orders/summary")
                .json()
                .list("accounts.provider"))
        .containsExactly(account);
    assertThat(
            Api.sandbox().get("/journal").json().<String>list("entries.account").stream()
                .distinct())
        .containsExactly("prod2");
  }

  @Test
  void theKeysOfAnAccountAreInNoAnswerAlsoWhenTheVendorRepeatsThem() {
    Api.sandbox()
        .body(
            Map.of(
                "provider", "tencent-ssl",
                "operation", "ApplyCertificate",
                "kind", "ECHO",
                "status", 200,
                "code", "InternalError"))
        .post("/faults");

    String answer =
        Api.polycert()
            .body(
                Map.of(
                    "domains", List.of("echo.example.com"),
                    "providers", List.of("tencent-ssl@prod2")))
            .post("/apply")
            .text();

    assertThat(answer).contains("entries").doesNotContain(Accounts.ID, Accounts.KEY);
  }

  private static Map<String, Object> order(String domain) {
    return Api.orders().stream()
        .filter(order -> order.get("domain").equals(domain))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> accounts(String operation) {
    return calls(operation).stream().map(call -> String.valueOf(call.get("account"))).toList();
  }

  private static List<Map<String, Object>> calls(String operation) {
    return Api.sandbox().get("/journal").json().<Map<String, Object>>list("entries").stream()
        .filter(entry -> entry.get("operation").equals(operation))
        .toList();
  }

  /** With accounts beside the default ones. */
  public static class Accounts implements QuarkusTestProfile {
    static final String ID = "FAKEAKPROD20000000000";
    static final String KEY = "fake-secret-key-of-prod2-for-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "polycert.account.\"prod2\".vendor", "tencent",
          "polycert.account.\"prod2\".zones", "example.net",
          "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_ID", ID,
          "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_KEY", KEY,
          "polycert.account.\"prod3\".vendor", "tencent",
          "POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_ID", "FAKEAKPROD30000000000");
    }
  }
}
