package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The orders whose next step was taken.
 *
 * @param note why there are none, or why there may be more later, where that needs a reason
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepsAnswer(List<Entry> orders, @Nullable String note) {

  public StepsAnswer {
    orders = List.copyOf(orders);
  }

  /**
   * The present state of an order.
   *
   * @param renewalOf the order that this one renews
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      OrderId orderId,
      String domain,
      String provider,
      @Nullable String label,
      OrderState state,
      @Nullable OrderId renewalOf) {

    static Entry of(Order order) {
      return new Entry(
          order.id(),
          order.domain().ascii(),
          order.provider(),
          order.identity().label(),
          order.state(),
          order.renewalOf());
    }
  }

  static StepsAnswer of(List<Order> orders) {
    return of(orders, null);
  }

  static StepsAnswer of(List<Order> orders, @Nullable String note) {
    return new StepsAnswer(orders.stream().map(Entry::of).toList(), note);
  }
}
