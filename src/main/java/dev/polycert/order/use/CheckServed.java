package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Lookout;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what hosts serve now: the use case behind {@code check-served}. */
@ApplicationScoped
public class CheckServed {
  private final NamedOrders orders;
  private final Steps steps;
  private final Lookout lookout;
  private final Clock clock;

  CheckServed(NamedOrders orders, Steps steps, Lookout lookout, Clock clock) {
    this.orders = orders;
    this.steps = steps;
    this.lookout = lookout;
    this.clock = clock;
  }

  /** An order with what its hosts serve; the error says why they were not looked at. */
  public record Entry(Order order, @Nullable VendorError error) {}

  /** A host and what its addresses served at that time. */
  public record Host(ServedHost host, Instant at, List<ServedAddress> addresses) {

    public Host {
      addresses = List.copyOf(addresses);
    }
  }

  /** Looks at the hosts of orders, and records what they serve. */
  public Uni<List<NamedOrder<Entry>>> orders(List<OrderId> ids, Instant deadline) {
    return orders.each(ids, deadline, order -> Lanes.LOOKS, this::look, Entry::new);
  }

  private Uni<Entry> look(Step step) {
    return NamedOrders.notIssued(step.order(), "look for")
        .map(error -> Uni.createFrom().item(new Entry(step.order(), error)))
        .orElseGet(() -> steps.look(step).map(order -> new Entry(order, null)));
  }

  /** Looks at hosts, whether or not an order is for them. */
  public Uni<List<Host>> hosts(List<ServedHost> hosts, Instant deadline) {
    Instant now = clock.instant();
    return hosts.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Uni.join()
            .all(
                hosts.stream()
                    .map(
                        host ->
                            lookout
                                .look(host, now, deadline)
                                .map(found -> new Host(host, now, found)))
                    .toList())
            .andFailFast();
  }
}
