package dev.polycert.order;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what people must know of orders that were recorded: the use case behind {@code notify}. */
@ApplicationScoped
public class Notifying {
  private final OrderBook book;

  Notifying(OrderBook book) {
    this.book = book;
  }

  /** An order as it was recorded at one time. */
  public record Recorded(OrderId id, long version) {}

  /** The notices of these records; one that was followed by another has none of its own. */
  public Uni<List<Notice>> notices(Collection<Recorded> records) {
    return Multi.createFrom()
        .iterable(records)
        .onItem()
        .transformToUniAndConcatenate(
            recorded ->
                book.find(recorded.id)
                    .map(found -> found.filter(order -> order.version() == recorded.version)))
        .map(found -> found.flatMap(Notice::of))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList();
  }
}
