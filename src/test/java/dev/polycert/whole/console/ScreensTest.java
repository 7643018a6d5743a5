package dev.polycert.whole.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the screens show of answers that a sandbox does not give: the answers are played. */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
class ScreensTest extends InBrowser {
  private static final Predicate<Response> A_LIST = it -> it.url().contains("/orders?");

  private final PlayedApi api = new PlayedApi();

  private Page page(String screen) {
    Page page = browser.open(screen);
    api.play(page);
    Browser.type(page, ConsoleProfile.KEY);
    page.locator("nav").waitFor();
    return page;
  }

  private static String order(String id, int generation, String state, String members) {
    Instant now = Instant.now();
    return """
    {"id": "%s", "domain": "www.example.com", "provider": "acme", "account": "main",
     "generation": %d, "version": 3, "state": "%s", "validation": "DNS",
     "keyAlgorithm": "EC_P256", "csrGiven": false, "createdAt": "%s", "updatedAt": "%s" %s}
    """
        .formatted(id, generation, state, now.minus(Duration.ofDays(30)), now, members);
  }

  /** A certificate of 90 days that ends then, and the next step of its order. */
  private static String ends(int days, int nextStep) {
    Instant end = in(days);
    return """
    , "nextStepAt": "%s", "certificate": {"commonName": "www.example.com", "names": [],
      "notBefore": "%s", "notAfter": "%s"}
    """
        .formatted(in(nextStep), end.minus(Duration.ofDays(90)), end);
  }

  private static Instant in(int days) {
    return Instant.now().plus(Duration.ofDays(days)).plusSeconds(3600);
  }

  @Test
  void ordersWithLabelsAreSeriesOfTheirOwn() {
    api.orders(
        order("plain", 2, "ISSUED", ends(60, 30)),
        order("rsa", 1, "ISSUED", ends(60, 30) + ", \"label\": \"rsa\""),
        order("ec", 1, "PENDING_VALIDATION", ", \"label\": \"ec\""));
    Page page = page("/certificates");

    assertThat(page.locator(".rows-all .row")).hasCount(3);
    assertThat(page.locator(".rows-all .tag")).hasText(new String[] {"rsa", "ec"});
    page.locator("input[type=search]").fill("rsa");
    assertThat(page.locator(".rows-all .row")).hasCount(1);
    page.locator(".rows-all .row a").click();
    assertThat(page.locator(".facts").last()).containsText("Label");
    assertThat(page.getByText("Generations")).hasCount(0);
  }

  @Test
  void ofTheGenerationsOnlyTheUsedOneAndTheNextAreCurrent() {
    api.orders(
        order("first", 1, "ISSUED", ends(5, 5)),
        order("second", 2, "ISSUED", ends(60, 1)),
        order("third", 3, "FAILED", ""));
    Page page = page("/certificates");

    assertThat(page.locator(".rows-all .row")).hasCount(2);
    assertThat(page.locator("a[href='#/orders/first']")).hasCount(0);
    page.navigate(page.url().replaceAll("#.*", "#/orders/first"));
    assertThat(page.locator(".title")).containsText("replaced by generation 2");
    assertThat(page.locator("section").filter(text("Generations")).locator("li")).hasCount(3);
  }

  /** Lists have no history: what was read of the order alone must outlive them. */
  @Test
  void theLifeOfAnOrderStaysOnTheScreenWhileListsAreRead() {
    api.orders(order("a", 1, "ISSUED", ends(60, 30)))
        .alone(
            """
            , "history": [{"version": 1, "at": "%s", "to": "ISSUED", "why": "the vendor says so",
              "requestId": "request-7", "by": "key shop (0123)"}]
            """
                .formatted(Instant.now()));
    Page page = page("/orders/a");
    Locator life = page.locator(".life-line li");
    assertThat(life).containsText("request-7");
    assertThat(life).containsText("key shop (0123)");

    page.waitForResponse(A_LIST, () -> {});
    page.waitForResponse(A_LIST, () -> {});

    assertThat(life).containsText("request-7");
    browser.requireNoComplaints();
  }

  /** Looks at suggestions of the CA and at delegations come before the renewal. */
  @Test
  void theNext120DaysShowWhenWhatIsRenewedAndEnds() {
    api.orders(
        order("look", 1, "ISSUED", ends(80, 0) + ", \"label\": \"look\""),
        order("late", 1, "ISSUED", ends(80, 65) + ", \"label\": \"late\""),
        order("ari", 1, "ISSUED", ends(80, 0) + suggested(40) + ", \"label\": \"ari\""),
        order("watched", 1, "ISSUED", ends(20, 19) + ", \"watched\": true, \"label\": \"w\""),
        order("far", 1, "ISSUED", ends(200, 170) + ", \"label\": \"far\""));
    Page page = page("/certificates");

    assertThat(page.locator(".expiries svg"))
        .hasAttribute(
            "aria-label", "In the next 120 days, 3 certificates are to be renewed and 4 expire.");
    assertThat(page.locator("rect.renewal")).hasCount(3);
    assertThat(page.locator("rect.expiry")).hasCount(2);
    assertThat(row(page, "look").locator(".next")).hasText("renewed in 50 days");
    assertThat(row(page, "late").locator(".next")).hasText("renewed in 65 days");
    assertThat(row(page, "ari").locator(".next")).hasText("renewed in 40 days");
    assertThat(row(page, "watched").locator(".next")).hasText("watched, not renewed");

    page.setViewportSize(390, 844);
    double right = page.locator("rect.expiry").last().boundingBox().x;
    assertThat(right).isBetween(200.0, 390.0);
  }

  private static String suggested(int days) {
    return ", \"suggestedRenewal\": {\"start\": \"%s\", \"end\": \"%s\", \"nextLook\": \"%s\"}"
        .formatted(in(days), in(days + 2), in(1));
  }

  private static Locator row(Page page, String id) {
    return page.locator(".rows-all .row")
        .filter(new Locator.FilterOptions().setHas(page.locator("a[href='#/orders/" + id + "']")));
  }

  @Test
  void whatIsChosenIsRenewedAndCancelledTogether() {
    api.orders(
            order("a", 1, "ISSUED", ends(60, 30) + ", \"label\": \"x\""),
            order("b", 1, "ISSUED", ends(60, 30)).replace("www.", "shop."),
            order("c", 1, "ISSUED", ends(60, 30)).replace("www.", "mail."),
            order("d", 1, "APPLYING", "").replace("www.", "late."))
        .post("/apply", "{\"entries\": [], \"notes\": []}")
        .post("/cancel", "{\"orders\": []}");
    Page page = page("/certificates");
    page.locator(".row.head input[type=checkbox]").check();
    assertThat(page.locator(".bulk")).containsText("4 chosen");

    page.locator(".bulk button").filter(text("Renew now")).click();
    assertThat(page.locator(".toasts p")).hasCount(2);
    page.onceDialog(dialog -> dialog.accept());
    page.locator(".bulk button").filter(text("Cancel")).click();
    assertThat(page.locator(".toasts p")).hasCount(3);

    assertThat(api.posted).hasSize(3);
    assertThat(api.posted.get(0) + api.posted.get(1))
        .contains("[\"www.example.com\"],\"providers\":[\"acme\"],\"label\":\"x\"")
        .containsPattern("\\[\"(mail.*shop|shop.*mail)[.]example[.]com\"\\],\"providers")
        .doesNotContain("late.example.com");
    assertThat(api.posted.getLast()).contains("/cancel", "\"a\"", "\"b\"", "\"c\"", "\"d\"");
  }

  @Test
  void whatProvidersHaveIsAdopted() {
    api.post(
        "/adopt",
        """
        {"providers": [{"provider": "acme", "items": [{"domain": "old.example.com",
          "fate": "ADOPTED"}], "counts": {}, "notes": ["shows 1 of 2"]}]}
        """);
    Page page = page("/certificates");

    page.locator("button").filter(text("Adopt what exists")).click();

    assertThat(page.locator(".toasts")).containsText("acme: shows 1 of 2");
    assertThat(api.posted).containsExactly("/adopt {}");
  }

  private static final String HOSTILE =
      "<img src=/orders onerror=document.title='taken'><script>document.title='taken'</script>";

  @ParameterizedTest
  @ValueSource(strings = {"/", "/certificates", "/orders/a", "/served", "/apply"})
  void whateverIsHostileIsTextOnEachScreen(String screen) {
    api.orders(
            order("a", 1, "ISSUED", hostile()),
            order("b", 1, "PENDING_VALIDATION", hostile()).replace("www.", "b."),
            order("c", 1, "FAILED", hostile()).replace("www.", "c."))
        .alone(
            ", \"history\": [{\"version\": 1, \"at\": \"%s\", \"to\": \"%s\", \"why\": \"%s\", \"requestId\": \"%s\", \"by\": \"%s\"}]"
                .formatted(Instant.now(), HOSTILE, HOSTILE, HOSTILE, HOSTILE))
        .post("/apply", hostileEntries());
    Page page = page(screen);
    if (screen.equals("/apply")) {
      page.locator("textarea[name=domains]").fill("www.example.com");
      page.locator("button").filter(text("Preview")).click();
    }

    assertThat(page.getByText(HOSTILE).first()).isVisible();
    assertThat(page.locator("main img, main script")).hasCount(0);
    assertThat(page).not().hasTitle("taken");
    browser.requireNoComplaints();
  }

  private static String hostile() {
    return ends(60, 30)
        + """
        , "unicode": "%1$s", "label": "%1$s", "message": "%1$s", "vendorStatus": "%1$s",
        "options": {"%1$s": "%1$s"}, "reference": {"%1$s": "%1$s"},
        "error": {"class": "%1$s", "code": "%1$s", "message": "%1$s", "requestId": "%1$s",
          "retryable": false},
        "validations": [{"recordName": "%1$s", "recordType": "%1$s", "recordValue": "%1$s",
          "note": "%1$s"}, {"url": "%1$s", "content": "%1$s"}],
        "publications": [{"recordName": "%1$s-", "writer": "%1$s", "state": "LEFT"}],
        "deliveries": [{"to": "%1$s", "state": "WAITING", "place": "%1$s",
          "options": {"%1$s": "%1$s"}, "error": {"class": "RETRY", "code": "%1$s",
          "message": "%1$s", "retryable": true}}],
        "served": {"everywhere": false, "lookedAt": "%2$s", "addresses": [{"host": "%1$s",
          "address": "%1$s", "status": "OLDER", "detail": "%1$s", "serialNumber": "%1$s"}]}
        """
            .formatted(HOSTILE, Instant.now());
  }

  private static String hostileEntries() {
    return """
    {"entries": [{"domain": "%1$s", "unicode": "%1$s", "provider": "%1$s", "existing": false,
      "plan": {"notes": ["%1$s"]}, "notes": ["%1$s"],
      "differs": [{"field": "%1$s", "asked": "%1$s", "has": "%1$s"}]},
      {"domain": "other", "provider": "%1$s", "existing": false, "error": {"class": "%1$s",
      "code": "%1$s", "message": "%1$s", "retryable": false}}], "notes": ["%1$s"]}
    """
        .formatted(HOSTILE);
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
