package dev.polycert.order;

import dev.polycert.provider.Capability;

/** How an order is ended at its vendor. */
public enum Closure {
  /** An application that is not issued is withdrawn. */
  CANCEL(Capability.CANCEL),
  /** What nothing uses is deleted, whatever became of it. */
  DELETE(Capability.DELETE),
  /** An issued certificate is revoked. */
  REVOKE(Capability.REVOKE);

  private final Capability capability;

  Closure(Capability capability) {
    this.capability = capability;
  }

  /** What a provider must be capable of for it. */
  Capability capability() {
    return capability;
  }

  /** Whether it makes sense for an order in that state. */
  boolean fits(OrderState state) {
    return switch (this) {
      case CANCEL -> state.open() && state != OrderState.UNCERTAIN;
      case DELETE -> state != OrderState.REQUESTED && state != OrderState.UNCERTAIN;
      case REVOKE -> state == OrderState.ISSUED;
    };
  }
}
