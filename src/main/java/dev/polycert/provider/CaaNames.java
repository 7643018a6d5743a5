package dev.polycert.provider;

import java.util.List;

/**
 * The names by which CAA records mean a CA (RFC 8659, section 4.2), from the CAs' own statements of
 * practice. A CA that issues under roots of others accepts their names as well.
 */
public final class CaaNames {
  public static final List<String> LETS_ENCRYPT = List.of("letsencrypt.org");

  /** With those of the brands that DigiCert has taken over. */
  public static final List<String> DIGICERT =
      List.of(
          "digicert.com",
          "www.digicert.com",
          "digicert.ne.jp",
          "cybertrust.ne.jp",
          "symantec.com",
          "thawte.com",
          "geotrust.com",
          "rapidssl.com");

  public static final List<String> GLOBALSIGN = List.of("globalsign.com");

  /** Issues under roots of its own, of Sectigo and of DigiCert. */
  public static final List<String> TRUSTASIA =
      List.of("trustasia.com", "sectigo.com", "digicert.com");

  /** Issues under roots of its own, Amazon Trust Services. */
  public static final List<String> AMAZON =
      List.of("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com");

  private CaaNames() {}
}
