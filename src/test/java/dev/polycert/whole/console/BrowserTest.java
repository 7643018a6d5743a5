package dev.polycert.whole.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.polycert.order.Scope;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Ports;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A person at the console: from nothing to issued certificates, in Chromium, against the sandbox.
 * One server and one browser for all; the first test finds the order book empty, as a newcomer
 * does.
 */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTest extends InBrowser {
  @Test
  @Order(1)
  void aNewcomerIsLedFromNothingToIssued() {
    Page page = browser.enter("/");
    assertThat(page.locator(".guide")).containsText("Your first certificates");
    Browser.picture(page, "newcomer");

    button(page, "Apply for two names").click();
    assertThat(page.locator(".guide")).containsText("8 orders wait for their records");
    button(page, "Publish the records").click();

    assertThat(page.locator(".guide")).containsText("8 certificates are issued");
    assertThat(page.locator(".figure").first()).containsText("8");
    page.getByText("See the certificates").click();
    assertThat(page.locator(".rows-all .badge.ok").first()).hasText("Issued");
    browser.requireNoComplaints();
  }

  @Test
  @Order(2)
  void whatIsToBePublishedIsShownWithWhatTheServersAnswer() {
    Page page = browser.enter("/apply");
    apply(page, "needs.example.com", "tencent-ssl");
    page.getByText("What to publish").click();

    Locator need = page.locator(".need").filter(text("needs.example.com"));
    assertThat(need).containsText("Publish this");
    assertThat(need.locator(".record")).containsText("TXT");
    button(need, "Published: check now").click();
    assertThat(need.locator(".findings")).containsText("Not there");
    Browser.judge(page, "needs");

    button(need, "Publish in the sandbox").click();
    assertThat(need).hasCount(0);
    browser.requireNoComplaints();
  }

  @Test
  @Order(3)
  void theFieldsThatTheVendorMissesAreAForm() {
    Page page = browser.enter("/apply");
    apply(page, "form.example.com", "huawei-scm");
    page.navigate(Ports.polycert() + "/#/");

    Locator need = page.locator(".need.information").filter(text("form.example.com"));
    need.locator("input[name$='administrator.name']").fill("Li Ming");
    need.locator("input[name$='administrator.phone']").fill("13800000000");
    need.locator("input[name$='administrator.email']").fill("admin@example.com");
    Browser.judge(page, "information");
    need.locator("input[type=checkbox]").check();
    button(need, "Send").click();

    assertThat(page.locator(".need.publish").filter(text("form.example.com"))).isVisible();
    browser.requireNoComplaints();
  }

  @Test
  @Order(4)
  void aDryRunShowsEachNameAtEachProviderAndSendsNothing() {
    Page page = browser.enter("/apply");
    page.locator("textarea[name=domains]").fill("www.example.com, bücher.example.org");
    Browser.judge(page, "apply");
    button(page, "Preview").click();

    assertThat(page.locator(".matrix tbody tr")).hasCount(2);
    assertThat(page.locator(".matrix tbody tr").first()).containsText("There already");
    assertThat(page.locator(".matrix tbody tr").last()).containsText("Possible");
    assertThat(page.locator(".notice")).containsText("Nothing has been sent or recorded.");
    Browser.judge(page, "dry-run");

    page.navigate(Ports.polycert() + "/#/certificates");
    page.locator("input[type=search]").fill("bücher");
    assertThat(page.getByText("Nothing matches")).isVisible();
    browser.requireNoComplaints();
  }

  @Test
  @Order(5)
  void certificatesAreFilteredChosenAndCheckedTogether() {
    Page page = browser.enter("/certificates");
    page.locator("input[type=search]").fill("shop.example.com");
    assertThat(page.locator(".rows-all .row")).hasCount(4);
    Browser.judge(page, "certificates");

    page.locator(".row.head input[type=checkbox]").check();
    button(page, "Check now").click();

    assertThat(page.locator(".toasts")).containsText("4 orders checked");
    browser.requireNoComplaints();
  }

  @Test
  @Order(6)
  void anOrderShowsItsLifeAndGivesItsCertificateWithoutTheKey() throws IOException {
    Page page = browser.enter("/certificates");
    page.locator("input[type=search]").fill("www.example.com");
    assertThat(page.locator(".rows-all .row")).hasCount(4);
    page.locator(".rows-all .row").filter(text("alibaba-esa")).locator("a").click();

    assertThat(page.locator(".life-line li").last()).containsText("Requested");
    assertThat(page.locator(".life-line")).containsText("request id");
    Browser.judge(page, "order");
    Download download = page.waitForDownload(() -> button(page, "Download").click());

    assertThat(Files.readString(download.path()))
        .contains("BEGIN CERTIFICATE")
        .doesNotContain("PRIVATE KEY");
    page.onceDialog(dialog -> dialog.accept());
    button(page, "Cancel").click();
    assertThat(page.locator(".toasts p").first()).isVisible();
    browser.requireNoComplaints();
  }

  @Test
  @Order(7)
  void theScreenOfWhatIsServedListsWhatIsIssued() {
    Page page = browser.enter("/served");

    assertThat(page.locator(".served-order").first()).containsText("example.com");
    Browser.judge(page, "served");
    browser.requireNoComplaints();
  }

  @Test
  @Order(8)
  void aMistakeIsShownWithTheFieldThatHasIt() {
    Page page = browser.enter("/apply");
    page.locator("textarea[name=domains]").fill("not a_name.example");
    button(page, "Preview").click();

    assertThat(page.locator("[role=alert]")).containsText("domains[");
    Browser.picture(page, "mistake");
  }

  @Test
  @Order(9)
  void aKeyThatNoLongerHoldsLeadsBackToTheDoor() {
    Page page = browser.open("/");
    Browser.type(page, "fake-key-that-is-no-more");
    assertThat(page.locator("[role=alert]")).containsText("does not take this key");
    Browser.picture(page, "door");

    Browser.type(page, ConsoleProfile.KEY);
    page.locator("nav").waitFor();
    page.route(
        "**/orders*",
        route ->
            route.resume(
                new Route.ResumeOptions()
                    .setHeaders(Map.of("authorization", "Bearer fake-old-key-000000"))));
    assertThat(page.locator("[role=alert]")).containsText("does not take this key");
    assertThat(page.locator("main")).not().containsText("example.com");
  }

  @Test
  @Order(10)
  void whatVendorsSayIsTextAndNothingElse() {
    String hostile = "<img src=/orders onerror=document.title='taken'><script>alert(1)</script>";
    Page page = browser.open("/");
    page.route("**/orders?*", route -> route.fulfill(hostileOrder(hostile)));
    Browser.type(page, ConsoleProfile.KEY);

    assertThat(page.locator(".need").first()).containsText(hostile);
    page.navigate(Ports.polycert() + "/#/certificates");
    assertThat(page.locator(".rows-all .row").first()).containsText(hostile);
    assertThat(page.locator("main img, main script")).hasCount(0);
    assertThat(page).not().hasTitle("taken");
    browser.requireNoComplaints();
  }

  private static Route.FulfillOptions hostileOrder(String text) {
    String json =
        """
        {"orders": [{"id": "ord_1", "domain": "%1$s", "unicode": "%1$s", "provider": "%1$s",
          "account": "%1$s", "generation": 1, "version": 1, "state": "FAILED",
          "message": "%1$s", "updatedAt": "%2$s", "createdAt": "%2$s",
          "error": {"class": "FINAL", "code": "%1$s", "message": "%1$s", "requestId": "%1$s",
            "retryable": false}}]}
        """
            .formatted(text, Instant.now());
    return new Route.FulfillOptions().setContentType("application/json").setBody(json);
  }

  @Test
  @Order(11)
  void fiveThousandOrdersAreFilteredWithoutFreezing() throws IOException {
    Page page = browser.open("/certificates");
    page.route("**/orders?*", route -> route.fulfill(manyOrders(route.request().url())));
    long start = System.nanoTime();
    Browser.type(page, ConsoleProfile.KEY);
    assertThat(page.locator(".rows-all .row").first()).isVisible();
    long shown = System.nanoTime();
    page.locator("input[type=search]").fill("n4999.example.com");
    assertThat(page.locator(".rows-all .row:not(.head)")).hasCount(1);
    long usable = System.nanoTime();

    Files.writeString(
        Path.of("target/screens/figures.txt"),
        "5,000 orders: the first rows after %d ms, one of them found by typing after %d ms%n"
            .formatted((shown - start) / 1_000_000, (usable - start) / 1_000_000));
    browser.requireNoComplaints();
  }

  private static Route.FulfillOptions manyOrders(String url) {
    Matcher cursor = Pattern.compile("cursor=([0-9]+)").matcher(url);
    int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    String orders =
        IntStream.range(from, from + 200)
            .mapToObj(
                i ->
                    """
                    {"id": "ord_%1$d", "domain": "n%1$d.example.com", "provider": "acme",
                      "account": "main", "generation": 1, "version": 3, "state": "ISSUED",
                      "createdAt": "%2$s", "updatedAt": "%2$s",
                      "certificate": {"commonName": "n%1$d.example.com", "names": [],
                        "notBefore": "%2$s", "notAfter": "%3$s"}}
                    """
                        .formatted(i, Instant.now(), Instant.now().plus(Duration.ofDays(60))))
            .collect(Collectors.joining(",", "[", "]"));
    String next = from + 200 < 5000 ? ", \"next\": \"%d\"".formatted(from + 200) : "";
    return new Route.FulfillOptions()
        .setContentType("application/json")
        .setBody("{\"orders\": %s%s}".formatted(orders, next));
  }

  @Test
  @Order(12)
  void chineseAndAPhonesWidthWork() {
    Page page = browser.enter("/certificates");
    page.getByText("中文").click();
    assertThat(page.locator("h1")).hasText("证书");
    page.setViewportSize(390, 844);
    Browser.picture(page, "phone");

    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).isEqualTo(0);
    browser.requireNoComplaints();
  }

  @Test
  @Order(13)
  void renewNowMakesANewGeneration() {
    Page page = browser.enter("/certificates");
    page.locator("input[type=search]").fill("www.example.com");
    page.locator(".rows-all .row")
        .filter(text("www.example.com"))
        .filter(text("tencent-ssl"))
        .locator("a")
        .click();

    button(page, "Renew now").click();

    assertThat(page.locator("section").filter(text("Generations"))).containsText("Generation 2");
    browser.requireNoComplaints();
  }

  /** Both are the first generation of the same name at the same account. */
  @Test
  @Order(14)
  void twoOrdersOfOneNameAreShownWithTheirLabels() {
    JsonHttp api = new JsonHttp("X-Api-Key", ConsoleProfile.KEY);
    for (String label : List.of("", ", \"label\": \"ec\", \"keyAlgorithm\": \"EC_P256\"")) {
      String request = "{\"domains\": [\"two.example.com\"], \"providers\": [\"tencent-ssl\"]%s}";
      assertThat(
              api.send("POST", URI.create(Ports.polycert() + "/apply"), request.formatted(label))
                  .statusCode())
          .isEqualTo(200);
    }
    Page page = browser.enter("/certificates");
    page.locator("input[type=search]").fill("two.example.com");

    assertThat(page.locator(".rows-all .row")).hasCount(2);
    assertThat(
            page.locator(".rows-all .row .cell.name")
                .filter(
                    new Locator.FilterOptions()
                        .setHasText(Pattern.compile("two\\.example\\.com\\s+ec"))))
        .hasCount(1);
    browser.requireNoComplaints();
  }

  @Test
  @Order(15)
  void nothingWasSentButCallsOfTheApiThatIsDocumented() throws IOException {
    JsonNode paths =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/openapi.json").toFile())
            .path("paths");

    assertThat(browser.calls())
        .isNotEmpty()
        .allSatisfy(
            call -> {
              String[] parts = call.split(" ", 2);
              boolean documented =
                  paths.properties().stream()
                      .filter(
                          path ->
                              new dev.polycert.function.invocation.Route(
                                      "", path.getKey(), Scope.READ)
                                  .match(parts[1])
                                  .isPresent())
                      .anyMatch(path -> path.getValue().has(parts[0].toLowerCase(Locale.ROOT)));
              boolean sandbox = parts[1].equals(Ports.sandbox() + "/_sandbox/publish");
              assertThat(documented || sandbox || parts[1].startsWith("blob:")).as(call).isTrue();
            });
  }

  private static void apply(Page page, String domain, String provider) {
    page.locator("textarea[name=domains]").fill(domain);
    for (Locator box : page.locator("input[name=provider]").all()) {
      box.setChecked(box.inputValue().equals(provider));
    }
    button(page, "Preview").click();
    button(page, "Apply for 1").click();
    assertThat(page.locator(".matrix tbody")).containsText(domain);
    assertThat(page.locator(".progress")).isVisible();
  }

  private static Locator button(Page page, String name) {
    return page.locator("button").filter(text(name)).first();
  }

  private static Locator button(Locator within, String name) {
    return within.locator("button").filter(text(name)).first();
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
