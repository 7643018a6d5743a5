package dev.polycert.provider;

import org.jspecify.annotations.Nullable;

/**
 * The progress of putting a certificate into use.
 *
 * @param target the place, in the vendor's words
 * @param vendorStatus the vendor's status verbatim
 * @param message the vendor's explanation, where it gave one
 */
public record Deployment(
    State state, String target, String vendorStatus, @Nullable String message) {

  public enum State {
    /** The vendor works on it; ask again. */
    DEPLOYING,
    DEPLOYED,
    DEPLOY_FAILED
  }
}
