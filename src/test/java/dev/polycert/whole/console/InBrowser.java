package dev.polycert.whole.console;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.polycert.testing.RequiresPrograms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests in one browser. */
@RequiresPrograms({"chromium"})
abstract class InBrowser {
  static Browser browser;

  @BeforeAll
  static void openTheBrowser() {
    browser = new Browser();
    PlaywrightAssertions.setDefaultAssertionTimeout(Browser.PATIENCE);
  }

  @AfterAll
  static void closeIt() {
    browser.close();
  }
}
