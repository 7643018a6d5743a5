package dev.polycert.order;

import java.util.Set;

/** Where an order stands. Every state that is not an end has a deadline. */
public enum OrderState {
  /** The intent is recorded; nothing was sent yet. */
  REQUESTED,
  /** A write is under way, or the vendor works on it. */
  APPLYING,
  /** The vendor waits for organisation and contact data. */
  PENDING_INFORMATION,
  /** Something has to be published so that the CA sees control of the domain. */
  PENDING_VALIDATION,
  ISSUED,
  EXPIRED,
  REVOKED,
  FAILED,
  CANCELLED,
  /**
   * A write may or may not have reached the vendor. It is looked up before anything is sent again.
   */
  UNCERTAIN;

  private static final Set<OrderState> ENDS = Set.of(EXPIRED, REVOKED, FAILED, CANCELLED);

  /** Whether nothing more happens to the order, so that a new generation may be applied for. */
  public boolean ended() {
    return ENDS.contains(this);
  }

  /** Whether the order still has a step to make: neither issued nor ended. */
  public boolean open() {
    return this != ISSUED && !ended();
  }
}
