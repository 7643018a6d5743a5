package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.Closed;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the orders that were to be ended. */
@RegisterForReflection
public record CancelAnswer(List<Entry> orders) {

  public CancelAnswer {
    orders = List.copyOf(orders);
  }

  /**
   * @param done whether it is over; false without an error while the vendor is at it
   * @param vendorStatus the vendor's last status verbatim
   * @param error why it was not done; the order is where it was
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      OrderId orderId,
      String domain,
      String provider,
      OrderState state,
      boolean done,
      @Nullable String vendorStatus,
      @Nullable ErrorView error) {

    private static Entry of(Closed closed) {
      return new Entry(
          closed.order().id(),
          closed.order().domain().ascii(),
          closed.order().provider(),
          closed.order().state(),
          closed.done(),
          closed.order().vendorStatus(),
          ErrorView.ofNullable(closed.error()));
    }
  }

  static CancelAnswer of(List<Closed> closed) {
    return new CancelAnswer(closed.stream().map(Entry::of).toList());
  }
}
