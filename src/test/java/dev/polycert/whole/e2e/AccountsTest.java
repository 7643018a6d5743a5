package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  private static List<String> accounts(String operation) {
    return Api.sandbox().get("/journal").jsonPath().<Map<String, Object>>getList("entries").stream()
        .filter(entry -> entry.get("operation").equals(operation))
        .map(entry -> String.valueOf(entry.get("account")))
        .toList();
  }

  /** With accounts beside the default ones. */
  public static class Accounts implements QuarkusTestProfile {
    static final String KEY = "fake-secret-key-of-prod2-for-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "polycert.account.\"prod2\".vendor", "tencent",
          "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_ID", "FAKEAKPROD20000000000",
          "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_KEY", KEY);
    }
  }
}
