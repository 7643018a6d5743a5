package dev.polycert.provider.http;

import dev.polycert.provider.Outcome;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Result;
import dev.polycert.provider.VendorError;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Hides a private key in texts of those that it was given to, who may repeat what they got. */
public final class KeyText {
  /** Shorter pieces of a key say nothing, and occur in any text. */
  private static final int PIECE = 8;

  private static final Pattern NOT_THE_KEY = Pattern.compile("-----[^-]+-----|\\s+");
  private static final char HIDDEN = '*';

  private KeyText() {}

  /** Hides every piece of the key, however it was broken into lines, escaped or cut off. */
  public static String hide(String text, PrivateKeyPem key) {
    String body = NOT_THE_KEY.matcher(key.reveal()).replaceAll("");
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + PIECE <= body.length(); i++) {
      pieces.add(body.substring(i, i + PIECE));
    }
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i + PIECE <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + PIECE))) {
        clean.replace(i, i + PIECE, String.valueOf(HIDDEN).repeat(PIECE));
      }
    }
    return clean.toString().replaceAll("\\*{4,}", "***");
  }

  /** Hides the key in what a vendor said of an error. */
  public static <T> Result<T> hide(Result<T> result, PrivateKeyPem key) {
    return switch (result) {
      case Result.Failed<T>(Outcome.Refused(VendorError error)) ->
          new Result.Failed<>(new Outcome.Refused(hide(error, key)));
      case Result.Failed<T>(Outcome.Unclear(VendorError error)) ->
          new Result.Failed<>(new Outcome.Unclear(hide(error, key)));
      default -> result;
    };
  }

  private static VendorError hide(VendorError error, PrivateKeyPem key) {
    return new VendorError(
        error.errorClass(),
        hide(error.code(), key),
        hide(error.message(), key),
        error.requestId(),
        error.retryAfter());
  }
}
