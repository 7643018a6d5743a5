package dev.polycert.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A private key in PEM on its way from a vendor to the one who asked for it. It has no property
 * that a serialiser would write and says nothing of itself; only {@link #reveal} gives it out.
 */
@RegisterForReflection
public final class PrivateKeyPem {
  /** Characters; shorter pieces of a key say nothing, and occur in any text. */
  private static final int PIECE = 8;

  private static final Pattern NOT_THE_KEY = Pattern.compile("-----[^-]+-----|\\s+");

  private final String pem;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PrivateKeyPem(String pem) {
    this.pem = pem;
  }

  /** The key itself, for the answer to an explicit request and for nothing else. */
  public String reveal() {
    return pem;
  }

  /**
   * Hides every piece of the key in a text of somebody that it was given to, in PEM or that in
   * base64, however it was broken into lines, escaped or cut off there.
   */
  public String hideIn(String text) {
    Set<String> pieces = pieces(NOT_THE_KEY.matcher(pem).replaceAll(""));
    pieces.addAll(pieces(Base64.getEncoder().encodeToString(pem.getBytes(UTF_8))));
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i + PIECE <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + PIECE))) {
        clean.replace(i, i + PIECE, "*".repeat(PIECE));
      }
    }
    return clean.toString().replaceAll("\\*{4,}", "***");
  }

  private static Set<String> pieces(String whole) {
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + PIECE <= whole.length(); i++) {
      pieces.add(whole.substring(i, i + PIECE));
    }
    return pieces;
  }

  @Override
  public String toString() {
    return "PrivateKeyPem[hidden]";
  }
}
