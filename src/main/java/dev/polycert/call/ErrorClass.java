package dev.polycert.call;

/** What a vendor's error code means for the caller. */
public enum ErrorClass {
  /** The vendor failed for a moment. A read may be repeated, a write only after a look-up. */
  RETRY,
  /** Rejected for its rate: nothing took effect, and the call may be repeated later. */
  THROTTLED,
  /** Not an error: the vendor has not seen the validation yet. */
  PENDING,
  /** The vendor already has an application for this domain. */
  ALREADY_APPLIED,
  /** The account's allowance is used up; final until it changes. */
  QUOTA,
  /** Keys, tokens or permissions are wrong. */
  CREDENTIALS,
  /** A person has to act at the vendor; the message says where. */
  NEEDS_USER,
  /** Our clock and the vendor's differ by too much. */
  CLOCK,
  /** Repeating the same call gives the same answer. */
  FINAL;

  /** Whether the same request may succeed later without any change. */
  public boolean retryable() {
    return this == RETRY || this == THROTTLED || this == PENDING;
  }
}
