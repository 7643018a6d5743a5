package dev.polycert.provider;

import org.jspecify.annotations.Nullable;

/**
 * How far a certificate is on its way into use.
 *
 * @param target where to, in the vendor's words
 * @param vendorStatus the vendor's status verbatim
 * @param message the vendor's explanation, where it gave one
 */
public record Deployment(
    State state, String target, String vendorStatus, @Nullable String message) {

  /** How far it is. */
  public enum State {
    /** The vendor is at it; ask again. */
    DEPLOYING,
    DEPLOYED,
    DEPLOY_FAILED
  }
}
