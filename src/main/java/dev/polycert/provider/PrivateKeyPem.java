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
import java.util.regex.Matcher;
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

  /** One character as it is or in the escapes of URLs and JSON; or what separates two lines. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "%(?:25)*+(?<percent>\\p{XDigit}{2})|\\\\++u(?<unicode>\\p{XDigit}{4})"
              + "|(?<gap>\\s|\\\\++[nrt]?)|(?s:.)");

  private static final String HIDDEN = "***";

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
    // Escapes may stand so close to each other that no piece between them is long enough.
    StringBuilder plain = new StringBuilder(text.length());
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    Matcher next = WRITTEN.matcher(text);
    while (next.find()) {
      char character = character(next);
      if (!Character.isWhitespace(character)) {
        starts[plain.length()] = next.start();
        ends[plain.length()] = next.end();
        plain.append(character);
      }
    }

    Set<String> pieces = pieces();
    StringBuilder clean = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + PIECE <= plain.length(); i++) {
      if (pieces.contains(plain.substring(i, i + PIECE))) {
        if (copied == 0 || copied < starts[i]) {
          clean.append(text, copied, starts[i]).append(HIDDEN);
        }
        copied = ends[i + PIECE - 1];
      }
    }
    return clean.append(text, copied, text.length()).toString();
  }

  /** The character that is written so; a space for any that separates two lines. */
  private static char character(Matcher written) {
    String percent = written.group("percent");
    String hex = percent == null ? written.group("unicode") : percent;
    if (hex != null) {
      return (char) Integer.parseInt(hex, 16);
    }
    return written.group("gap") == null ? written.group().charAt(0) : ' ';
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
