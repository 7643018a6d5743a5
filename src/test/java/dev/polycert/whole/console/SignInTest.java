package dev.polycert.whole.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.polycert.function.OrdersFunction;
import dev.polycert.function.ProvidersFunction;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Ports;
import dev.polycert.testing.RequiresPrograms;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person at the console on AWS, which gets its orders from another origin, in Chromium. */
@RequiresPrograms({"chromium"})
@QuarkusTest
@TestProfile(SignInTest.Profile.class)
class SignInTest {

  /** Tokens have the rights of their claims. */
  public static class Profile extends ConsoleProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("polycert.oidc.scopes-claim", "scope");
      return settings;
    }
  }

  @Inject OrdersFunction orders;
  @Inject ProvidersFunction providers;

  private final Browser browser = new Browser();
  private PlayedSite site;

  @BeforeEach
  void open() throws IOException {
    PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE);
    site = new PlayedSite(this::lambda);
  }

  @AfterEach
  void close() {
    browser.close();
    site.close();
  }

  private JsonNode lambda(JsonNode event) {
    // Beans that are made late are made from the classes of the thread's own loader.
    Thread.currentThread().setContextClassLoader(SignInTest.class.getClassLoader());
    Uni<JsonNode> answer =
        event.path("rawPath").asText().equals("/orders")
            ? orders.orders(event)
            : providers.providers(event);
    return answer.await().atMost(Duration.ofSeconds(20));
  }

  private static void apply(String domain) {
    new JsonHttp("authorization", "Bearer " + ConsoleProfile.KEY)
        .send(
            "POST",
            URI.create(Ports.polycert() + "/apply"),
            "{\"domains\": [\"%s\"], \"providers\": [\"tencent-ssl\"]}".formatted(domain));
  }

  private static void signIn(Page page) {
    page.locator("button[type=submit]").click();
  }

  private static Locator rows(Page page, String domain) {
    return page.locator(".rows-all .row").filter(new Locator.FilterOptions().setHasText(domain));
  }

  @Test
  void aPersonSignsInByCodeAndPkceAndFollowsOrdersOfAnotherOriginByPolling() {
    apply("first.signin.example.com");
    Page page = browser.visit(site.address() + "#/certificates");
    assertThat(page.locator("input[name=key]")).hasCount(0);
    Browser.judge(page, "signin");
    signIn(page);

    assertThat(rows(page, "first.signin.example.com")).hasCount(1);
    assertThat(page).hasURL(site.address() + "#/certificates");
    assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
        .isEqualTo("[{},{}]");
    assertThat(page.evaluate("document.cookie")).isEqualTo("");

    apply("second.signin.example.com");
    assertThat(rows(page, "second.signin.example.com")).hasCount(1);
    assertThat(site.wrong).isEmpty();
    browser.requireNoComplaints();

    page.reload();
    assertThat(page.locator("button[type=submit]")).hasText("Sign in");
  }

  @Test
  void anAnswerToAnotherSignInIsRefused() {
    site.otherState = "fake-state-of-another";
    Page page = browser.visit(site.address());
    signIn(page);
    assertThat(page.locator("[role=alert]")).containsText("the answer is to another sign-in");
    assertThat(page).hasURL(site.address());

    site.otherState = null;
    site.otherNonce = "fake-nonce-of-another";
    signIn(page);
    assertThat(page.locator("[role=alert]")).containsText("the ID token is of another sign-in");

    page.navigate(site.address() + "?code=fake-code&state=undefined");
    assertThat(page.locator("[role=alert]")).containsText("the answer is to another sign-in");
    assertThat(browser.calls().stream().filter(call -> call.contains("/orders"))).isEmpty();
    assertThat(site.wrong).isEmpty();
  }

  @Test
  void aTokenThatHasEndedIsNotSentAndLeadsBackToTheDoor() {
    site.tokenSeconds = 3;
    Page page = browser.visit(site.address());
    signIn(page);
    page.locator("nav").waitFor();

    assertThat(page.locator("[role=alert]")).containsText("The token has ended");
    assertThat(site.wrong).isEmpty();
    site.tokenSeconds = 300;
    signIn(page);
    page.locator("nav").waitFor();
    assertThat(List.of(page.title())).containsExactly("What needs me · Polycert");
  }
}
