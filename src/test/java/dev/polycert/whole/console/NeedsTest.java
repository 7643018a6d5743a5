package dev.polycert.whole.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Ports;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only a person can do: each kind is shown with its one button, which sends what helps. The
 * answers of the API are played, as no sandbox has all these troubles at once.
 */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
class NeedsTest extends InBrowser {
  /** The server takes no other form of ids. */
  private static final String ID = "ord_" + "0".repeat(32);

  private final JsonHttp http = new JsonHttp("authorization", "Bearer " + ConsoleProfile.KEY);

  private final PlayedApi api =
      new PlayedApi()
          .post("/check-verification", "{\"orders\": []}")
          .post("/check-served", "{\"orders\": [], \"hosts\": []}")
          .post("/apply", "{\"entries\": [], \"notes\": []}")
          .post("/deliver", "{\"orders\": []}");

  private Page page(String screen) {
    Page page = browser.open(screen);
    api.play(page);
    Browser.type(page, ConsoleProfile.KEY);
    page.locator("nav").waitFor();
    return page;
  }

  private static String order(String id, String state, String members) {
    Instant now = Instant.now();
    return """
    {"id": "%s", "domain": "%s.example.com", "provider": "tencent-ssl", "account": "default",
     "generation": 1, "version": 3, "state": "%s", "validation": "DNS",
     "keyAlgorithm": "EC_P256", "csrGiven": false, "createdAt": "%s", "updatedAt": "%s" %s}
    """
        .formatted(
            id.equals("a") ? ID : id, id, state, now.minus(Duration.ofDays(80)), now, members);
  }

  private static String ends(int days) {
    Instant end = Instant.now().plus(Duration.ofDays(days)).plusSeconds(60);
    return """
    , "certificate": {"commonName": "a.example.com", "names": [],
      "notBefore": "%s", "notAfter": "%s"}
    """
        .formatted(end.minus(Duration.ofDays(90)), end);
  }

  private static String error(String errorClass) {
    return """
    , "error": {"class": "%s", "code": "Code.1", "message": "as the vendor says",
       "requestId": "request-1", "retryable": false}
    """
        .formatted(errorClass);
  }

  private static String undelivered() {
    return ", \"deliveries\": [{\"to\": \"file\", \"state\": \"WAITING\" %s}]"
        .formatted(error("RETRY"));
  }

  private static String served(String status) {
    return """
    , "served": {"everywhere": false, "lookedAt": "%s", "addresses": [{"host":
      "a.example.com:443", "address": "192.0.2.7", "status": "%s", "detail": "since May"}]}
    """
        .formatted(Instant.now(), status);
  }

  private static final String PUBLISH =
      """
      , "validations": [{"method": "DNS", "domain": "a.example.com", "recordName":
         "_acme-challenge.a.example.com", "recordType": "TXT", "recordValue": "value-1"}]
      """;

  private static String members(String trouble) {
    return switch (trouble) {
      case "publish" -> PUBLISH;
      case "undelivered" -> ends(60) + undelivered();
      case "undelivered and served" -> ends(60) + undelivered() + served("OLDER");
      case "served" -> ends(60) + served("OLDER");
      case "watched" -> ends(20) + ", \"watched\": true";
      case "ending" -> ends(9) + error("RETRY");
      case "ended" -> ends(-1);
      default ->
          (trouble.startsWith("issued ") ? ends(60) : "") + error(trouble.replaceAll(".* ", ""));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          publish     | PENDING_VALIDATION | publish    | Published: check now | /check-verification {"orders":["a"]}
          undelivered | ISSUED             | undelivered| Deliver again        | /deliver {"orders":["a"],"retry":true}
          undelivered and served | ISSUED  | undelivered| Deliver again        | /deliver {"orders":["a"],"retry":true}
          served      | ISSUED             | served     | Look again           | /check-served {"orders":["a"]}
          QUOTA       | REQUESTED          | quota      | Check now            | /check-verification {"orders":["a"]}
          QUOTA       | FAILED             | quota      | Apply again          | /apply {"domains":["a.example.com"]
          CREDENTIALS | APPLYING           | keys       | Check now            | /check-verification {"orders":["a"]}
          issued CREDENTIALS | ISSUED      | keys       | Renew now            | /apply {"domains":["a.example.com"],"providers":["tencent-ssl"],"reissueBefore":
          issued NEEDS_USER  | ISSUED      | user       | Renew now            | /apply {"domains":["a.example.com"]
          FINAL       | FAILED             | failed     | Apply again          | /apply {"domains":["a.example.com"]
          watched     | ISSUED             | expiring   | Renew now            | /apply {"domains":["a.example.com"],"providers":["tencent-ssl"],"reissueBefore":
          ending      | ISSUED             | unrenewed  | Renew now            | /apply {"domains":["a.example.com"],"providers":["tencent-ssl"],"reissueBefore":
          ended       | EXPIRED            | expired    | Apply again          | /apply {"domains":["a.example.com"]
          """)
  void eachTroubleHasTheButtonThatHelps(
      String trouble, String state, String kind, String button, String sent) {
    api.orders(order("a", state, members(trouble)));
    Page page = page("/");

    Locator need = page.locator(".need");
    assertThat(need).hasCount(1);
    assertThat(need).hasClass("card need " + kind);
    assertThat(need.locator("button.primary")).hasCount(1);
    assertThat(need.locator("button.primary")).hasText(button);
    need.locator("button.primary").click();

    page.waitForCondition(() -> !api.posted.isEmpty());
    assertThat(page.locator("[aria-busy=true]")).hasCount(0);
    assertThat(api.posted)
        .singleElement()
        .asString()
        .startsWith(sent.replace("\"a\"", "\"" + ID + "\""));
    requireTaken(api.posted.getFirst());
    browser.requireNoComplaints();
  }

  /** The answers are played; but the server itself must take what was sent. */
  private void requireTaken(String posted) {
    String[] parts = posted.split(" ", 2);
    String body =
        parts[0].equals("/apply") ? parts[1].replaceFirst("\\{", "{\"dryRun\":true,") : parts[1];

    HttpResponse<String> response =
        http.send("POST", URI.create(Ports.polycert() + parts[0]), body);
    assertThat(response.statusCode()).as("%s: %s", posted, response.body()).isEqualTo(200);
  }

  @Test
  void nothingIsAskedOfAPersonWherePolycertGoesOn() {
    api.orders(
        order("a", "ISSUED", ends(60)),
        order("b", "ISSUED", ends(20)),
        order("c", "APPLYING", error("RETRY")),
        order("d", "PENDING_VALIDATION", ""),
        order("e", "CANCELLED", error("QUOTA")));
    Page page = page("/");

    assertThat(page.getByText("Nothing needs you")).isVisible();
    assertThat(page.locator(".need")).hasCount(0);
  }

  @Test
  void allTroublesTogetherAreReadable() {
    api.orders(
        order("publish", "PENDING_VALIDATION", PUBLISH),
        order("stuck", "ISSUED", members("undelivered and served")),
        order("served", "ISSUED", members("served")),
        order("quota", "FAILED", error("QUOTA")),
        order("keys", "ISSUED", members("issued CREDENTIALS")),
        order("watched", "ISSUED", members("watched")),
        order("ending", "ISSUED", members("ending")),
        order("ended", "EXPIRED", members("ended")));
    Page page = page("/");

    assertThat(page.locator(".need")).hasCount(8);
    page.setViewportSize(1360, 1700);
    Browser.judge(page, "kinds");
    page.setViewportSize(390, 844);
    Browser.judge(page, "kinds-phone");
    browser.requireNoComplaints();
  }

  @Test
  void theMostUrgentComesFirst() {
    api.orders(
        order("late", "ISSUED", ends(25) + ", \"watched\": true"),
        order("soon", "ISSUED", ends(3) + ", \"watched\": true"),
        order("ended", "EXPIRED", ends(-1)));
    Page page = page("/");

    assertThat(page.locator(".need")).hasCount(3);
    assertThat(page.locator(".need").locator("a"))
        .hasText(new String[] {"ended.example.com", "soon.example.com", "late.example.com"});
  }

  @Test
  void aRecordIsCopiedPartByPartAndEachServersAnswerIsShown() {
    api.orders(order("a", "PENDING_VALIDATION", PUBLISH))
        .post(
            "/check-verification",
            """
            {"orders": [{"id": "%s", "findings": [{"what": "TXT _acme-challenge.a.example.com",
              "status": "PARTIAL", "missing": "ns2 lacks it", "seen": [
                {"server": "ns1.example.net", "values": ["value-1"]},
                {"server": "ns2.example.net", "values": []},
                {"server": "ns3.example.net", "values": [], "error": "REFUSED"}]}]}]}
            """
                .formatted(ID));
    Page page = page("/");
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Locator need = page.locator(".need");

    List<String> parts = List.of("_acme-challenge.a.example.com", "TXT", "value-1");
    for (int i = 0; i < parts.size(); i++) {
      need.locator(".record button.copy").nth(i).click();
      assertThat(need.locator(".record button.copy").nth(i)).hasText("Copied");
      assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(parts.get(i));
    }
    need.locator("button.primary").click();

    assertThat(need.locator(".finding tbody tr"))
        .hasText(
            new String[] {
              "ns1.example.netvalue-1", "ns2.example.netnothing", "ns3.example.netREFUSED"
            });
  }

  /** Browsers have no clipboard for scripts of pages that came by plain HTTP. */
  @Test
  void aRecordIsCopiedWithoutTheClipboardOfScriptsToo() {
    api.orders(order("a", "PENDING_VALIDATION", PUBLISH));
    Page page = page("/");
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.evaluate(
        """
        () => { window.kept = navigator.clipboard;
          Object.defineProperty(navigator, 'clipboard', { value: undefined }); }
        """);

    page.locator(".record button.copy").last().click();

    assertThat(page.locator(".record button.copy").last()).hasText("Copied");
    assertThat(page.evaluate("window.kept.readText()")).isEqualTo("value-1");
  }

  @Test
  void exactlyTheMissingFieldsAreAForm() {
    api.orders(order("a", "PENDING_INFORMATION", ""))
        .alone(
            ", \"missing\": [\"information.organization.name\", \"information.contact.email\","
                + " \"information.agreePrivacyProtection\"]")
        .post("/submit-information", "{\"orders\": [{\"orderId\": \"a\", \"missing\": []}]}");
    Page page = page("/");
    Locator need = page.locator(".need.information");

    assertThat(need.locator("input")).hasCount(3);
    need.locator("input[name$='organization.name']").fill("Example Ltd");
    need.locator("input[name$='contact.email']").fill("a@example.com");
    need.locator("input[type=checkbox]").check();
    need.locator("button.primary").click();

    assertThat(page.locator(".toasts p")).isVisible();
    assertThat(api.posted)
        .containsExactly(
            "/submit-information {\"orders\":[\""
                + ID
                + "\"],\"information\":{\"organization\":"
                + "{\"name\":\"Example Ltd\"},\"contact\":{\"email\":\"a@example.com\"},"
                + "\"agreePrivacyProtection\":true}}");
  }

  @Test
  void applyingAgainRepeatsTheTermsOfTheOrder() {
    api.orders(
        order(
            "a",
            "FAILED",
            error("FINAL") + ", \"label\": \"rsa\", \"options\": {\"ca\": \"one\"}"));
    Page page = page("/");
    page.locator(".need button.primary").click();

    page.waitForCondition(() -> !api.posted.isEmpty());
    assertThat(page.locator("[aria-busy=true]")).hasCount(0);
    assertThat(api.posted)
        .containsExactly(
            "/apply {\"domains\":[\"a.example.com\"],\"providers\":[\"tencent-ssl\"],"
                + "\"validation\":\"DNS\",\"keyAlgorithm\":\"EC_P256\",\"label\":\"rsa\","
                + "\"providerOptions\":{\"tencent-ssl\":{\"ca\":\"one\"}}}");
  }

  @Test
  void whatNoAnswerShowsIsLeftToThePerson() {
    api.orders(order("a", "FAILED", error("FINAL") + ", \"options\": {\"eabKey\": \"***\"}"));
    Page page = page("/");
    page.locator(".need button.primary").click();

    assertThat(page.locator(".toasts")).containsText("eabKey");
    assertThat(page.locator("h1")).hasText("Apply");
    assertThat(api.posted).isEmpty();
  }
}
