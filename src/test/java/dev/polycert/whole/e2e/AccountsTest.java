package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
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
    Api.sandbox().post("/journal").then().statusCode(200);
  }

  @Test
  void oneRequestAppliesAtTwoAccountsOfOneVendor() {
    JsonPath applied =
        Api.post(
            "/apply",
            Map.of(
                "domains", List.of("www.example.com"),
                "providers", List.of("tencent-ssl", "tencent-ssl@prod2")));

    assertThat(applied.<String>getList("entries.provider"))
        .containsExactly("tencent-ssl", "tencent-ssl@prod2");
    assertThat(applied.<String>getList("entries.state")).containsOnly("PENDING_VALIDATION");
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

    JsonPath rsa = Api.post("/apply", request);
    JsonPath ec = Api.post("/apply", labelled);

    assertThat(ec.getString("entries[0].state")).isEqualTo("PENDING_VALIDATION");
    assertThat(ec.getString("entries[0].label")).isEqualTo("ec");
    assertThat(ec.getString("entries[0].orderId"))
        .isNotEqualTo(rsa.getString("entries[0].orderId"));
    assertThat(accounts("ApplyCertificate")).containsExactly("prod2", "prod2");
    assertThat(
            Api.polycert()
                .queryParam("label", "ec")
                .queryParam("provider", "tencent-ssl@prod2")
                .get("/orders")
                .jsonPath()
                .<String>getList("orders.id"))
        .containsExactly(ec.getString("entries[0].orderId"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tencent-edgeone", "alibaba-esa"})
  void aServiceWithOneCertificateForEachNameRefusesAnotherLabelAtOnce(String provider) {
    Map<String, Object> request =
        Map.of("domains", List.of("single.example.com"), "providers", List.of(provider));
    Map<String, Object> labelled = new HashMap<>(request);
    labelled.put("label", "second");
    String first = Api.post("/apply", request).getString("entries[0].orderId");

    for (boolean dryRun : List.of(true, false)) {
      labelled.put("dryRun", dryRun);
      JsonPath refused = Api.post("/apply", labelled);

      assertThat(refused.getString("entries[0].error.code")).isEqualTo("Label.Shared");
      assertThat(refused.getString("entries[0].error.message"))
          .contains("without a label")
          .doesNotContain(first);
      assertThat(refused.getString("entries[0].orderId")).isNull();
      assertThat(refused.getInt("summary.failed")).isEqualTo(1);
    }
  }

  @Test
  void anAccountThatLacksAKeyIsLeftOutWithANoteAndRefusedByName() {
    JsonPath planned =
        Api.post("/apply", Map.of("domains", List.of("www.example.com"), "dryRun", true));
    assertThat(planned.<String>getList("notes"))
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
                .asString())
        .contains("POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY");
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
            .asString();

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
    return Api.sandbox().get("/journal").jsonPath().<Map<String, Object>>getList("entries").stream()
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
