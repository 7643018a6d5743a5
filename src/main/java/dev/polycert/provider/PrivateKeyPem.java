package dev.polycert.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.polycert.call.VendorError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A private key in PEM on its way from a vendor to the caller that asked for it. No serialiser
 * writes it, and its text does not show it; only {@link #reveal} gives it out.
 */
@RegisterForReflection
public final class PrivateKeyPem {
  /**
   * The length of a piece that is hidden, in characters; shorter ones reveal nothing, and occur in
   * any text.
   */
  private static final int PIECE = 8;

  private static final Pattern NOT_THE_KEY = Pattern.compile("-----[^-]+-----|\\s+");

  private final String pem;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PrivateKeyPem(String pem) {
    this.pem = pem;
  }

  /** The key itself, for answers to explicit requests and for nothing else. */
  public String reveal() {
    return pem;
  }

  /**
   * Hides every piece of the key in a text of the target that got it: in PEM, that in base64, or in
   * hexadecimal, however the target broke it into lines, escaped it or cut it off.
   */
  public String hideIn(String text) {
    Set<String> pieces = pieces();
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i + PIECE <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + PIECE))) {
        clean.replace(i, i + PIECE, "*".repeat(PIECE));
      }
    }
    return clean.toString().replaceAll("\\*{4,}", "***");
  }

  /** The same error without the pieces of the key that it repeats. */
  public VendorError hideIn(VendorError error) {
    String requestId = error.requestId();
    return new VendorError(
        error.errorClass(),
        hideIn(error.code()),
        hideIn(error.message()),
        requestId == null ? null : hideIn(requestId),
        error.retryAfter());
  }

  private Set<String> pieces() {
    Set<String> pieces = new HashSet<>();
    String body = NOT_THE_KEY.matcher(pem).replaceAll("");
    add(body, pieces);
    add(base64(pem), pieces);
    // In the base64 of a longer text a line begins at one of three offsets, and its end may be
    // escaped.
    pem.lines()
        .filter(line -> !line.startsWith("-----"))
        .forEach(
            line -> {
              add(base64(line), pieces);
              add(base64("x" + line).substring(2), pieces);
              add(base64("xx" + line).substring(3), pieces);
              addHex(line.getBytes(UTF_8), pieces);
            });
    addHex(bytes(body), pieces);
    return pieces;
  }

  private static byte[] bytes(String body) {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException noPem) {
      return new byte[0];
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static void addHex(byte[] bytes, Set<String> pieces) {
    String hex = HexFormat.of().formatHex(bytes);
    add(hex, pieces);
    add(hex.toUpperCase(Locale.ROOT), pieces);
  }

  private static void add(String whole, Set<String> pieces) {
    String url = whole.replace('+', '-').replace('/', '_');
    for (int i = 0; i + PIECE <= whole.length(); i++) {
      pieces.add(whole.substring(i, i + PIECE));
      pieces.add(url.substring(i, i + PIECE));
    }
  }

  @Override
  public String toString() {
    return "PrivateKeyPem[hidden]";
  }
}
