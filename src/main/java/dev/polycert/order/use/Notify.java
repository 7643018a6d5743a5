package dev.polycert.order.use;

import dev.polycert.order.Notice;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Each;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    return Each.inTurn(records, this::notice)
        .map(notices -> notices.stream().flatMap(Optional::stream).toList());
  }

  private Uni<Optional<Notice>> notice(Recorded recorded) {
    return book.find(recorded.id)
        .map(
            found ->
                found.filter(order -> order.version() == recorded.version).flatMap(Notice::of));
  }
}
