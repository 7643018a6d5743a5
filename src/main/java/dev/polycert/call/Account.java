package dev.polycert.call;

import java.util.List;

/**
 * One set of credentials at a service, without the credentials.
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

  /** The refusal of whatever needs the credentials that are missing. */
  public <T> Answer<T> unconfigured() {
    return Answer.refused(
        new VendorError(
            ErrorClass.CREDENTIALS,
            "NotConfigured",
            "set " + String.join(", ", missing) + " in the environment"));
  }
}
