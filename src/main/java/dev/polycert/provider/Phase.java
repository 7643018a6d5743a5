package dev.polycert.provider;


/**
 * Where a vendor says that an application stands. Vendor texts are open enumerations: what is not
 * known maps to {@link #UNKNOWN}, which keeps the state that the order has.
 */
public enum Phase {
  /**
   * One write of several is done (a purchase, say); the next one is to be made with the reference.
   */
  PLACING,
  APPLYING,
  PENDING_INFORMATION,
  PENDING_VALIDATION,
  ISSUED,
  FAILED,
  EXPIRED,
  CANCELLED,
  REVOKED,
  /** A status that says nothing about the end: unheard of, or on its way (cancelling, revoking). */
  UNKNOWN
}
