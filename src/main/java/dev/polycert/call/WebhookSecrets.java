package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The secrets that messages are signed with: one, or two and more while receivers change over, each
 * of which signs (Standard Webhooks 1.0.0, "Signature scheme").
 */
public final class WebhookSecrets {
  private static final String PREFIX = "whsec_";

  /** Of a secret, in bytes ("Symmetric signatures"). */
  private static final int SHORTEST = 24;

  private static final int LONGEST = 64;

  private final List<String> texts;
  private final List<byte[]> keys;

  private WebhookSecrets(List<String> texts, List<byte[]> keys) {
    this.texts = texts;
    this.keys = keys;
  }

  /** Reads secrets with blanks between; empty when one of them is none. */
  public static Optional<WebhookSecrets> read(String given) {
    List<String> texts = Arrays.stream(given.strip().split("\\s+")).toList();
    List<byte[]> keys = texts.stream().flatMap(text -> key(text).stream()).toList();
    return keys.size() == texts.size()
        ? Optional.of(new WebhookSecrets(texts, keys))
        : Optional.empty();
  }

  private static Optional<byte[]> key(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())))
          .filter(key -> key.length >= SHORTEST && key.length <= LONGEST);
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /**
   * Signs a message; the value of {@code webhook-signature}.
   *
   * @param seconds since 1970, as in {@code webhook-timestamp}
   */
  public String sign(String id, long seconds, byte[] body) {
    String signed = id + "." + seconds + "." + new String(body, UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(Signing.hmacSha256(key, signed)))
        .collect(Collectors.joining(" "));
  }

  /** Hides them in what the receiver answers. */
  public <T> Decoder<T> hiding(Decoder<T> decoder) {
    Decoder<T> hiding = decoder;
    for (String text : texts) {
      String key = text.substring(PREFIX.length());
      hiding = new HiddenKeys(Credentials.known("", key, null)).hiding(hiding);
    }
    return hiding;
  }
}
