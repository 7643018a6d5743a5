package dev.polycert.whole.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.polycert.testing.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The machine's Chromium, with the console in it; notes what the console sends and logs. */
final class Browser implements AutoCloseable {
  private static final Path SCREENS = Path.of("target/screens");
  static final int PATIENCE = Integer.getInteger("browser.patience", 20_000);

  private static final String AXE = axe();

  private static final String SERIOUS =
      """
      async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
        .filter(it => ['serious', 'critical'].includes(it.impact))
        .flatMap(it => it.nodes.slice(0, 5).map(
          node => `${it.id} ${node.target}: ${node.html.slice(0, 200)} ${node.failureSummary}`))
      """;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<Request> sent = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    // Containers run the tests as root, which Chromium refuses with its sandbox.
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** A page of its own, which has forgotten everything. */
  Page open(String screen) {
    return visit(Ports.polycert() + "/#" + screen);
  }

  /** The same, elsewhere. */
  Page visit(String address) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-GB")
                .setViewportSize(1360, 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(ColorScheme.LIGHT));
    context.setDefaultTimeout(PATIENCE);
    Page page = context.newPage();
    page.onRequest(sent::add);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    page.navigate(address);
    return page;
  }

  /** The same, after the key was typed in. */
  Page enter(String screen) {
    Page page = open(screen);
    type(page, ConsoleProfile.KEY);
    page.locator("nav").waitFor();
    return page;
  }

  static void type(Page page, String key) {
    page.locator("input[name=key]").fill(key);
    page.locator("button[type=submit]").click();
  }

  /** Pictures of a screen in both themes, for people to look at. */
  static void picture(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String file = "%s-%s.png".formatted(name, scheme.name().toLowerCase(Locale.ROOT));
      page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(file)));
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  /**
   * Pictures, and the judgement of axe in both themes: nothing that hinders people seriously.
   *
   * @throws AssertionError with what hinders whom where
   */
  static void judge(Page page, String name) {
    picture(page, name);
    page.evaluate(AXE);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat((List<?>) page.evaluate(SERIOUS)).as("axe on %s in %s", name, scheme).isEmpty();
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was sent, but for the console's own files: method and address. */
  List<String> calls() {
    List<String> calls = new ArrayList<>();
    for (Request request : sent) {
      URI address = URI.create(request.url());
      boolean ours = request.url().startsWith(Ports.polycert() + "/");
      boolean file = address.getPath().equals("/") || address.getPath().startsWith("/console/");
      if (!ours || !file || !request.method().equals("GET")) {
        calls.add(request.method() + " " + (ours ? address.getPath() : request.url()));
      }
    }
    return calls;
  }

  void requireNoComplaints() {
    assertThat(complaints).as("errors of scripts, and breaches of the policy").isEmpty();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
