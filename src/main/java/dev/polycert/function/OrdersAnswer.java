package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.OrderBook;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders, in the order of their creation.
 *
 * @param next the cursor of the page that follows; absent on the last page
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrdersAnswer(List<OrderView> orders, @Nullable String next) {

  public OrdersAnswer {
    orders = List.copyOf(orders);
  }

  static OrdersAnswer of(OrderBook.Page page) {
    return new OrdersAnswer(page.orders().stream().map(OrderView::of).toList(), page.next());
  }
}
