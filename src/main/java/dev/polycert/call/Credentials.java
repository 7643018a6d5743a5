package dev.polycert.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one account, read from the environment under the vendor's own variable names. They are
 * handed to a signer and to nothing else.
 */
public final class Credentials {
  private final String keyId;
  private final String secret;
  private final @Nullable String token;
  private final List<String> missing;

  private Credentials(String keyId, String secret, @Nullable String token, List<String> missing) {
    this.keyId = keyId;
    this.secret = secret;
    this.token = token;
    this.missing = missing;
  }

  /**
   * Reads the variables.
   *
   * @param more further variables without which the provider cannot be used
   */
  public static Credentials read(
      Config config, String keyIdName, String secretName, String tokenName, String... more) {
    List<String> missing = new ArrayList<>();
    String keyId = require(config, keyIdName, missing);
    String secret = require(config, secretName, missing);
    for (String name : more) {
      require(config, name, missing);
    }
    return new Credentials(keyId, secret, value(config, tokenName).orElse(null), missing);
  }

  /** Keys that were found by other means. */
  public static Credentials known(String keyId, String secret, @Nullable String token) {
    return new Credentials(keyId, secret, token, List.of());
  }

  /**
   * Reads a secret that has no key id, such as a bearer token.
   *
   * @param more further variables without which it cannot be used
   */
  public static Credentials secret(Config config, String secretName, String... more) {
    List<String> missing = new ArrayList<>();
    for (String name : more) {
      require(config, name, missing);
    }
    String secret = require(config, secretName, missing);
    return new Credentials("", secret, null, missing);
  }

  private static String require(Config config, String name, List<String> missing) {
    return value(config, name)
        .orElseGet(
            () -> {
              missing.add(name);
              return "";
            });
  }

  private static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class).map(String::trim).filter(v -> !v.isEmpty());
  }

  public String keyId() {
    return keyId;
  }

  public String secret() {
    return secret;
  }

  /** The session token of temporary credentials. */
  public @Nullable String token() {
    return token;
  }

  /** The variables that are not set. */
  public List<String> missing() {
    return missing;
  }

  /** Says nothing of the keys. */
  @Override
  public String toString() {
    return missing.isEmpty() ? "Credentials[set]" : "Credentials[missing " + missing + "]";
  }
}
