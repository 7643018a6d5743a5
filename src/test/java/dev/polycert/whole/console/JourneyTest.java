package dev.polycert.whole.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Ports;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Ways through the console from end to end, in Chromium, against the sandbox. */
@QuarkusTest
@TestProfile(JourneyProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTest extends InBrowser {
  private static final int NAMES = 5;

  private final JsonHttp http = new JsonHttp("authorization", "Bearer " + ConsoleProfile.KEY);

  /** Lists are not read meanwhile: what moves on the screen comes by the stream of events. */
  @Test
  @Order(1)
  void namesOfAFileAreAppliedForAndFollowedByEventsToTheLastRow() {
    Page page = browser.enter("/apply");
    List<String> names =
        IntStream.range(0, NAMES).mapToObj("n%d.file.example.com"::formatted).toList();
    page.locator("input[type=file]").setInputFiles(file("\uFEFF" + String.join("\r\n", names)));
    assertThat(page.locator("textarea[name=domains]")).hasValue(String.join("\n", names));
    choose(page, "tencent-ssl");
    button(page, "Preview").click();
    assertThat(page.locator(".matrix tbody tr")).hasCount(NAMES);
    assertThat(page.locator(".matrix td").first()).containsText("You publish a record.");
    button(page, "Apply for " + NAMES).click();
    assertThat(page.locator(".matrix td .badge")).hasText(all("To be validated"));
    page.route("**/orders?*", Route::abort);

    publishAndCheck();

    assertThat(page.locator(".matrix td .badge")).hasText(all("Issued"));
    assertThat(page.locator("progress")).hasAttribute("max", "" + NAMES);
    assertThat(page.locator("progress")).hasJSProperty("value", NAMES);
    browser.requireNoComplaints();
  }

  private static String[] all(String state) {
    return Collections.nCopies(NAMES, state).toArray(String[]::new);
  }

  private static FilePayload file(String text) {
    return new FilePayload("names.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
  }

  /** As the domains' owner does, by a request of another client. */
  private void publishAndCheck() {
    JsonNode orders = orders();
    List<JsonNode> validations =
        orders.findValues("validations").stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .toList();
    http.send(
        "POST",
        URI.create(Ports.sandbox() + "/_sandbox/publish"),
        JsonHttp.JSON.valueToTree(Map.of("validations", validations)).toString());
    http.send(
        "POST",
        URI.create(Ports.polycert() + "/check-verification"),
        JsonHttp.JSON.valueToTree(Map.of("orders", orders.findValuesAsText("id"))).toString());
  }

  private JsonNode orders() {
    return JsonHttp.read(
            http.send("GET", URI.create(Ports.polycert() + "/orders?limit=100"), "").body())
        .path("orders");
  }

  @Test
  @Order(2)
  void theChainIsShownLinkByLink() {
    Page page = browser.enter("/orders/" + orders().path(0).path("id").asText());
    button(page, "Show the chain").click();

    assertThat(page.locator(".chain li").first()).containsText("file.example.com");
    assertThat(page.locator(".chain li").first()).containsText("issued by Sandbox Root");
    assertThat(page.locator(".chain .bad-text")).hasCount(0);
    Browser.judge(page, "chain");
    browser.requireNoComplaints();
  }

  /** From the key to an application, and to the order that it made. */
  @Test
  @Order(3)
  void theKeyboardAloneDoes() {
    Page page = browser.open("/");
    page.locator("input[name=key]").waitFor();
    page.keyboard().type(ConsoleProfile.KEY);
    page.keyboard().press("Enter");
    page.locator("nav").waitFor();

    press(page, "nav a[href='#/apply']", "Enter");
    tab(page, "input[type=file]");
    tab(page, "textarea[name=domains]");
    page.keyboard().type("keys.example.com");
    for (Locator box : page.locator("input[name=provider]").all()) {
      if (box.isChecked() != box.inputValue().equals("tencent-ssl")) {
        press(page, "input[name=provider][value='" + box.inputValue() + "']", "Space");
      }
    }
    press(page, "footer button.primary:not([disabled])", "Enter");
    assertThat(page.locator(".matrix tbody")).containsText("keys.example.com");
    press(page, "footer button.primary:not([disabled])", "Enter");
    assertThat(page.locator(".progress")).isVisible();
    press(page, ".matrix td a", "Enter");

    assertThat(page.locator("h1")).containsText("keys.example.com");
    browser.requireNoComplaints();
  }

  private static void press(Page page, String selector, String key) {
    tab(page, selector);
    page.keyboard().press(key);
  }

  /** Goes on by Tab, as far as a person would, until the focus is there and can be seen. */
  private static void tab(Page page, String selector) {
    page.locator(selector).first().waitFor();
    String there = "it => document.activeElement?.matches(it) ?? false";
    for (int i = 0; i < 120 && !(boolean) page.evaluate(there, selector); i++) {
      page.keyboard().press("Tab");
    }
    assertThat((boolean) page.evaluate(there, selector)).as("Tab leads to %s", selector).isTrue();
    assertThat(
            (boolean)
                page.evaluate(
                    "() => { const it = getComputedStyle(document.activeElement);"
                        + " const box = getComputedStyle("
                        + "   document.activeElement.closest('label') ?? document.activeElement);"
                        + " return [it, box].some(s => s.outlineStyle !== 'none'"
                        + "   || s.boxShadow !== 'none'); }"))
        .as("the focus is seen at %s", selector)
        .isTrue();
  }

  @Test
  @Order(4)
  void eachScreenFitsAPhoneInBothLanguagesAndThemes() {
    String id = orders().path(0).path("id").asText();
    Map<String, String> screens =
        Map.of(
            "needs",
            "/",
            "certificates",
            "/certificates",
            "order",
            "/orders/" + id,
            "apply",
            "/apply",
            "served",
            "/served");
    Page page = browser.enter("/");
    page.setViewportSize(390, 844);
    for (String language : List.of("en", "zh")) {
      if (language.equals("zh")) {
        page.getByText("中文").click();
      }
      screens.forEach(
          (name, screen) -> {
            page.navigate(Ports.polycert() + "/#" + screen);
            page.locator("h1").waitFor();
            Browser.judge(page, "phone-%s-%s".formatted(name, language));
            assertThat(
                    page.evaluate(
                        "document.documentElement.scrollWidth"
                            + " - document.documentElement.clientWidth"))
                .as("%s in %s is not wider than the phone", name, language)
                .isEqualTo(0);
          });
    }
    browser.requireNoComplaints();
  }

  private static void choose(Page page, String provider) {
    for (Locator box : page.locator("input[name=provider]").all()) {
      box.setChecked(box.inputValue().equals(provider));
    }
  }

  private static Locator button(Page page, String name) {
    return page.locator("button").filter(new Locator.FilterOptions().setHasText(name)).first();
  }
}
