package dev.polycert.order;

import dev.polycert.domain.DomainName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list; a null member matches all.
 *
 * @param domain the order's own, or one of the other names that its certificate is asked for
 * @param expiringBefore only issued orders whose certificate ends before this
 * @param createdSince only orders recorded at this time or later, such as those of one request
 */
public record OrderFilter(
    @Nullable OrderState state,
    @Nullable String provider,
    @Nullable DomainName domain,
    @Nullable String label,
    @Nullable Instant expiringBefore,
    @Nullable Instant createdSince) {

  public static OrderFilter all() {
    return new OrderFilter(null, null, null, null);
  }

  /** Which orders to list, whatever their label is. */
  public OrderFilter(
      @Nullable OrderState state,
      @Nullable String provider,
      @Nullable DomainName domain,
      @Nullable Instant expiringBefore) {
    this(state, provider, domain, null, expiringBefore, null);
  }

  /** Which orders to list, whenever they were recorded. */
  public OrderFilter(
      @Nullable OrderState state,
      @Nullable String provider,
      @Nullable DomainName domain,
      @Nullable String label,
      @Nullable Instant expiringBefore) {
    this(state, provider, domain, label, expiringBefore, null);
  }

  /** Whether the filter matches the order. */
  public boolean matches(Order order) {
    return (state == null || state == order.state())
        && (provider == null || provider.equals(order.provider()))
        && (domain == null || names(order, domain))
        && (label == null || label.equals(order.identity().label()))
        && (createdSince == null || !order.createdAt().isBefore(createdSince))
        && (expiringBefore == null || expires(order, expiringBefore));
  }

  private static boolean names(Order order, DomainName domain) {
    return domain.equals(order.domain()) || order.alternativeNames().contains(domain);
  }

  private static boolean expires(Order order, Instant before) {
    return order.state() == OrderState.ISSUED
        && order.certificate() != null
        && order.certificate().notAfter() != null
        && order.certificate().notAfter().isBefore(before);
  }
}
