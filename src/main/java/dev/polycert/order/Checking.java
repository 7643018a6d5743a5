package dev.polycert.order;

import dev.polycert.domain.DomainName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** SKELETON. The use case behind {@code check-verification}. */
@ApplicationScoped
public class Checking {

  /**
   * Checks the named orders.
   *
   * @throws OrderException.Unknown as failure, when one of them is not there; none is checked then
   */
  public Uni<List<Checked>> orders(List<OrderId> ids, Instant deadline) {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks the latest orders of these domains at every provider.
   *
   * @throws OrderException.Unknown as failure, when a domain has no order at all
   */
  public Uni<List<Checked>> domains(List<DomainName> domains, Instant deadline) {
    throw new UnsupportedOperationException();
  }

  /** Takes the next step of every order whose time has come, as many as the deadline allows. */
  public Uni<List<Checked>> due(Instant deadline) {
    throw new UnsupportedOperationException();
  }
}
