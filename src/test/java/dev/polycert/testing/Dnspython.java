package dev.polycert.testing;

import java.io.IOException;

/** The library by which Lexicon makes dynamic updates; Debian's Lexicon comes without it. */
public final class Dnspython {
  /** Why a test that needs it is skipped. */
  public static final String MISSING =
      "not installed: dnspython; apt-get install python3-dnspython";

  private Dnspython() {}

  /** Whether the Python that Debian's Lexicon runs on has it. */
  public static boolean isInstalled() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("/usr/bin/python3", "-c", "import dns.query").start();
      return python.waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }
}
