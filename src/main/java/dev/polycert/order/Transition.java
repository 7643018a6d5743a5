package dev.polycert.order;

import org.jspecify.annotations.Nullable;

/**
 * An order's way from one state to another, as the log tells it.
 *
 * @param from null for a new order
 * @param requestId the vendor's id of the call behind it
 */
public record Transition(
    OrderId order,
    String provider,
    String domain,
    @Nullable OrderState from,
    OrderState to,
    String why,
    @Nullable String requestId) {

  @Override
  public String toString() {
    return "%s of %s at %s: %s%s (%s)"
        .formatted(order, domain, provider, from == null ? "" : from + " -> ", to, why);
  }
}
