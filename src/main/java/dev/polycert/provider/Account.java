package dev.polycert.provider;

import java.util.List;

/**
 * One set of credentials at a provider, without the credentials.
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
}
