package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.polycert.order.HistoryEntry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * One order with its history.
 *
 * @param history its transitions, oldest first
 */
@RegisterForReflection
public record OrderAnswer(@JsonUnwrapped OrderView order, List<HistoryEntry> history) {

  public OrderAnswer {
    history = List.copyOf(history);
  }
}
