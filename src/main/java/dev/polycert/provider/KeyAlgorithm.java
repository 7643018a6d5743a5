package dev.polycert.provider;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The algorithm of a certificate's key pair. */
public enum KeyAlgorithm {
  RSA_2048,
  RSA_3072,
  RSA_4096,
  /** NIST P-256, which vendors also call prime256v1. */
  EC_P256,
  EC_P384;

  private static final Pattern HASH = Pattern.compile("SHA-?\\d+");
  private static final Pattern RSA = Pattern.compile("RSA(?:\\D*(\\d{4,5}))?");
  private static final Pattern CURVE =
      Pattern.compile(
          "(?:\\bEC(?!\\p{Alpha})|ECC|EC_|ECDSA|PRIME|SECP|\\bP-?(?=\\d))(?:\\D*(256|384|521))?");

  /**
   * Spells what a vendor calls an algorithm as here: {@code RSA 2048}, {@code ECC prime256v1} and
   * {@code P-256} have these names. Where the vendor does not say the size it is the family, {@code
   * RSA} or {@code EC}; a text of neither stays as it is.
   */
  public static String spelling(String vendors) {
    String text = HASH.matcher(vendors.strip().toUpperCase(Locale.ROOT)).replaceAll("");
    Matcher rsa = RSA.matcher(text);
    if (rsa.find()) {
      return rsa.group(1) == null ? "RSA" : "RSA_" + rsa.group(1);
    }
    Matcher curve = CURVE.matcher(text);
    if (curve.find()) {
      return curve.group(1) == null ? "EC" : "EC_P" + curve.group(1);
    }
    return vendors.strip();
  }

  /** Whether a certificate's algorithm, in this spelling, surely is another one. */
  public boolean differsFrom(String spelling) {
    return !name().equals(spelling) && !name().startsWith(spelling + "_");
  }
}
