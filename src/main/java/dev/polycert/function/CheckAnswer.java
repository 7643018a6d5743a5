package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.polycert.domain.Finding;
import dev.polycert.order.Checked;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Where the checked orders stand. */
@RegisterForReflection
public record CheckAnswer(List<Entry> orders) {

  public CheckAnswer {
    orders = List.copyOf(orders);
  }

  /**
   * @param findings what we saw of each validation before the vendor was asked; advisory
   */
  @RegisterForReflection
  public record Entry(@JsonUnwrapped OrderView order, List<Finding> findings) {

    public Entry {
      findings = List.copyOf(findings);
    }
  }

  static CheckAnswer of(List<Checked> checked) {
    return new CheckAnswer(
        checked.stream().map(c -> new Entry(OrderView.of(c.order()), c.findings())).toList());
  }
}
