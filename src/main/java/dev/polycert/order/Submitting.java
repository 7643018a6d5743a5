package dev.polycert.order;

import dev.polycert.provider.Information;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** SKELETON. The use case behind {@code submit-information}. */
@ApplicationScoped
public class Submitting {

  /**
   * Merges a part of the information into each order and sends what is complete.
   *
   * @throws OrderException.Unknown as failure, when an order is not there
   * @throws OrderException.Conflict as failure, when an order does not wait for information
   */
  public Uni<List<Submitted>> submit(List<OrderId> ids, Information part, Instant deadline) {
    throw new UnsupportedOperationException();
  }
}
