package dev.polycert.vendor.acme;

import java.util.Locale;

/**
 * One CA with all that is needed to apply there.
 *
 * @param name as it is configured
 */
record Authority(
    String name, AcmeConfig.Ca settings, CaServer server, AcmeCalls calls, CaAccounts accounts) {

  /** The environment variable of one of a CA's settings, as MicroProfile Config looks for it. */
  static String variable(String name, String setting) {
    String text = "polycert.acme.ca." + name + "." + setting;
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
