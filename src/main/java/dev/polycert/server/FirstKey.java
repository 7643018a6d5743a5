package dev.polycert.server;

import dev.polycert.order.Principal;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key of the environment. It belongs to the first administrator, who makes the other keys. */
@ApplicationScoped
public class FirstKey {
  private static final String BEARER = "bearer ";

  /** The length is the only protection against guessing from many addresses. */
  private static final int LEAST_LENGTH = 20;

  private final Optional<byte[]> hash;
  private final boolean tooShort;
  private final LaunchMode mode;

  FirstKey(ServerConfig config, LaunchMode mode) {
    this.hash = config.apiKey().map(FirstKey::sha256);
    this.tooShort = config.apiKey().filter(key -> key.length() < LEAST_LENGTH).isPresent();
    this.mode = mode;
  }

  /**
   * Requires a key that cannot be guessed.
   *
   * @throws IllegalStateException when the key is missing or too short, except in development and
   *     tests
   */
  void require() {
    if (mode.isDevOrTest()) {
      return;
    }
    if (hash.isEmpty()) {
      throw new IllegalStateException(
          "The HTTP server needs a key: set the environment variable POLYCERT_API_KEY.");
    }
    if (tooShort) {
      throw new IllegalStateException(
          "POLYCERT_API_KEY has fewer than %d characters and could be guessed: make one with openssl rand -base64 32."
              .formatted(LEAST_LENGTH));
    }
  }

  /** Whether no key is set, so that every request has it. */
  boolean isUnset() {
    return hash.isEmpty();
  }

  /**
   * Whether a request shows the key, or needs none. Compares hashes of equal length in constant
   * time, so that the time reveals nothing about the key.
   */
  boolean matches(String shown) {
    return hash.isEmpty() || MessageDigest.isEqual(hash.get(), sha256(shown));
  }

  /** The caller that shows it. */
  Principal principal() {
    return hash.isEmpty() ? Principal.PROCESS : Principal.administrator("POLYCERT_API_KEY");
  }

  /** What a header of that scheme contains; empty for any other. */
  static String bearer(@Nullable String authorization) {
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
