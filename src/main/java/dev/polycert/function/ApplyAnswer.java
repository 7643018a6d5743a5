package dev.polycert.function;

import dev.polycert.order.Applied;
import dev.polycert.order.OrderState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a request to apply.
 *
 * @param entries one per domain and provider in request order; one per domain with strategy FIRST
 * @param notes what was read otherwise than written, such as duplicates
 */
@RegisterForReflection
public record ApplyAnswer(List<ApplyEntry> entries, List<String> notes, Summary summary) {

  public ApplyAnswer {
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /**
   * @param requested how many entries there are
   * @param byState how many orders are in which state
   * @param existing how many orders were there before
   * @param failed of how many entries nothing can come any more
   */
  @RegisterForReflection
  public record Summary(int requested, Map<OrderState, Integer> byState, int existing, int failed) {

    public Summary {
      byState = Collections.unmodifiableMap(new TreeMap<>(byState));
    }
  }

  static ApplyAnswer of(List<Applied> applied, List<String> notes) {
    List<ApplyEntry> entries = applied.stream().map(ApplyEntry::of).toList();
    Map<OrderState, Integer> byState = new EnumMap<>(OrderState.class);
    for (ApplyEntry entry : entries) {
      if (entry.state() != null) {
        byState.merge(entry.state(), 1, Integer::sum);
      }
    }
    return new ApplyAnswer(
        entries,
        notes,
        new Summary(
            entries.size(),
            byState,
            (int) entries.stream().filter(ApplyEntry::existing).count(),
            (int) entries.stream().filter(ApplyEntry::failed).count()));
  }
}
