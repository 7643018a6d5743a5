package dev.polycert.order.use;

import dev.polycert.order.Notice;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Each;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Finds the notices that recorded orders call for: the use case behind {@code notify}. */
@ApplicationScoped
public class Notify {
  private final OrderBook book;

  Notify(OrderBook book) {
    this.book = book;
  }

  /** An order as it was recorded at one time. */
  public record Recorded(OrderId id, long version) {}

  /** The notices of these records; a record that another one has followed has none. */
  public Uni<List<Notice>> notices(Collection<Recorded> records) {
    return Each.inTurn(records, this::notices)
        .map(notices -> notices.stream().flatMap(List::stream).toList());
  }

  private Uni<List<Notice>> notices(Recorded recorded) {
    return book.find(recorded.id)
        .map(
            found ->
                found
                    .filter(order -> order.version() == recorded.version)
                    .map(Notice::of)
                    .orElse(List.of()));
  }
}
