package dev.polycert.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names one set of credentials at a service, without the credentials themselves.
 *
 * @param id a name that stays the same when the keys are rotated; part of every order's identity
 * @param missing the environment variables that are not set; empty when the account is usable
 * @param name the name of a {@link NamedAccount}; null for the default one
 */
public record Account(String id, List<String> missing, @Nullable String name) {

  /** The error code of a call that needs credentials which are not set. */
  public static final String NOT_CONFIGURED = "NotConfigured";

  public Account {
    missing = List.copyOf(missing);
  }

  /** The default account. */
  public Account(String id, List<String> missing) {
    this(id, missing, null);
  }

  /**
   * The account whose beans are being made: the default one, or a {@link NamedAccount}.
   *
   * @param own the id of the default account
   */
  public static Account current(String own, List<String> missing) {
    return NamedAccount.current()
        .map(named -> new Account(named.name(), missing, named.name()))
        .orElseGet(() -> new Account(own, missing));
  }

  public boolean configured() {
    return missing.isEmpty();
  }

  /** Refuses a call that needs the missing credentials. */
  public <T> Answer<T> unconfigured() {
    return Answer.refused(notConfigured(missing));
  }

  /** Names the variables that are not set. */
  public static VendorError notConfigured(List<String> missing) {
    return new VendorError(
        ErrorClass.CREDENTIALS,
        NOT_CONFIGURED,
        "set " + String.join(", ", missing) + " in the environment");
  }
}
