package dev.polycert.provider.http;

import dev.polycert.provider.Credentials;
import org.jspecify.annotations.Nullable;

/** Makes a vendor's text fit to be shown: without our keys, on one line, not endless. */
public final class VendorText {
  private static final int LONGEST = 300;
  private static final String HIDDEN = "***";

  private VendorText() {}

  /** Cleans a text that may be null, which gives an empty one. */
  public static String clean(@Nullable String text, Credentials credentials) {
    if (text == null) {
      return "";
    }
    String clean = hide(text, credentials.secret());
    clean = hide(clean, credentials.token());
    clean = hide(clean, credentials.keyId());
    clean = clean.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  private static String hide(String text, @Nullable String key) {
    return key == null || key.isEmpty() ? text : text.replace(key, HIDDEN);
  }
}
