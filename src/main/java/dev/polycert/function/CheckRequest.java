package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.InvalidInput;
import dev.polycert.order.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which orders to check. */
sealed interface CheckRequest {

  int MAX = 1000;

  /** Those with these ids. */
  record Orders(List<OrderId> ids) implements CheckRequest {
    public Orders {
      ids = List.copyOf(ids);
    }
  }

  /** The latest ones of these names. */
  record Domains(List<DomainName> names) implements CheckRequest {
    public Domains {
      names = List.copyOf(names);
    }
  }

  /** Those whose time has come. */
  record Due() implements CheckRequest {}

  /**
   * Reads a request.
   *
   * @throws InvalidInput with everything that is wrong with it
   */
  static CheckRequest read(JsonNode input) {
    Fields fields = Fields.of(input);
    List<OrderId> orders = OrderIdsReader.read(fields, MAX);
    List<DomainName> domains =
        List.copyOf(DomainsReader.read(fields, MAX, new ArrayList<>()).values());
    Boolean due = fields.flag("due");
    long given = Stream.of("orders", "domains", "due").filter(fields::has).count();
    if (Boolean.FALSE.equals(due)) {
      fields.error("due", "can only be true");
    }
    fields.finish();
    if (given != 1) {
      throw InvalidInput.whole(
          "Exactly one is expected of orders (ids), domains (names) and due (true).");
    }
    if (due != null) {
      return new Due();
    }
    return orders.isEmpty() ? new Domains(domains) : new Orders(orders);
  }
}
