package dev.polycert.call;

import java.util.List;

/**
 * Names one set of credentials at a service, without the credentials themselves.
 *
 * @param id a name that stays the same when the keys are rotated; part of every order's identity
 * @param missing the environment variables that are not set; empty when the account is usable
 */
public record Account(String id, List<String> missing) {

  public Account {
    missing = List.copyOf(missing);
  }

  public boolean configured() {
    return missing.isEmpty();
  }

  /** Refuses a call that needs the missing credentials. */
  public <T> Answer<T> unconfigured() {
    return Answer.refused(
        new VendorError(
            ErrorClass.CREDENTIALS,
            "NotConfigured",
            "set " + String.join(", ", missing) + " in the environment"));
  }
}
