package dev.polycert.order.use;

/** How one call to a random vendor goes. */
enum Weather {
  FAIR,
  /** Refused for now, nothing took effect. */
  BUSY,
  THROTTLED,
  /** No time or token: nothing was sent. */
  DEFERRED,
  /** Refused for good. */
  QUOTA,
  /** The vendor says that it has it, whether or not it has. */
  ALREADY,
  /** The answer was lost; the request as well. */
  LOST,
  /** The answer was lost; the request took effect. */
  TAKEN,
  /** As {@link #TAKEN}, and the vendor's lists show it only later. */
  TAKEN_LATE,
  /** A bug of the provider, after the request took effect. */
  FAULT,
  /** The process dies before the request is sent. */
  KILLED_BEFORE,
  /** The process dies when the request has taken effect. */
  KILLED_AFTER,
  /** The vendor sees no validation. */
  PENDING,
  /** The vendor gives up, or revokes. */
  ENDED,
  /** A status that nobody has heard of. */
  STRANGE;

  boolean takesEffect() {
    return switch (this) {
      case FAIR, TAKEN, TAKEN_LATE, FAULT, KILLED_AFTER, PENDING, STRANGE, ENDED -> true;
      default -> false;
    };
  }

  boolean kills() {
    return this == KILLED_BEFORE || this == KILLED_AFTER;
  }
}
