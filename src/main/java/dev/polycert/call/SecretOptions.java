package dev.polycert.call;

import java.util.regex.Pattern;

/** Options whose values must not be shown. */
public final class SecretOptions {
  private static final Pattern NAMES =
      Pattern.compile("(?i)(?!.*(name|format)$).*(password|passphrase|secret|token|key).*");

  private SecretOptions() {}

  /** Whether the value may be a secret; flags such as {@code includePrivateKey=true} are none. */
  public static boolean hides(String name, String value) {
    return NAMES.matcher(name).matches() && !value.equals("true") && !value.equals("false");
  }
}
