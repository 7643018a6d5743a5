package dev.polycert.provider;

/**
 * The state of an application at its vendor. Vendors' status texts are open lists: an unknown one
 * becomes {@link #UNKNOWN}, which keeps the state of the order.
 */
public enum Phase {
  /** One of several writes is done, such as a purchase; the next one is made with the reference. */
  PLACING,
  APPLYING,
  PENDING_INFORMATION,
  PENDING_VALIDATION,
  ISSUED,
  FAILED,
  EXPIRED,
  CANCELLED,
  REVOKED,
  /** A status that says nothing about the end: unknown, or transitional (cancelling, revoking). */
  UNKNOWN
}
