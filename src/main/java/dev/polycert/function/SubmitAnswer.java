package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Submitted;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the information for each order. */
@RegisterForReflection
public record SubmitAnswer(List<Entry> orders) {

  public SubmitAnswer {
    orders = List.copyOf(orders);
  }

  /**
   * @param missing what the vendor still needs, as paths of the request
   * @param sent whether the vendor took it now
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      OrderId orderId,
      String domain,
      String provider,
      OrderState state,
      List<String> missing,
      boolean sent,
      @Nullable ErrorView error) {

    public Entry {
      missing = List.copyOf(missing);
    }

    private static Entry of(Submitted submitted) {
      return new Entry(
          submitted.order().id(),
          submitted.order().domain().ascii(),
          submitted.order().provider(),
          submitted.order().state(),
          submitted.missing(),
          submitted.sent(),
          ErrorView.ofNullable(submitted.error()));
    }
  }

  static SubmitAnswer of(List<Submitted> submitted) {
    return new SubmitAnswer(submitted.stream().map(Entry::of).toList());
  }
}
