package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.DomainsReader;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Check;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for the published validations, asks the vendors to check, and reports the orders. */
@ApplicationScoped
public class CheckVerificationFunction implements Operation {
  private final Invocation invocation;
  private final Check check;

  CheckVerificationFunction(Invocation invocation, Check check) {
    this.invocation = invocation;
    this.check = check;
  }

  /** The Lambda function. */
  @Funq("check-verification")
  public Uni<JsonNode> checkVerification(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "check-verification";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/check-verification", Scope.APPLY));
  }

  /** A schedule checks everything that is due. */
  @Override
  public Optional<ObjectNode> scheduled() {
    return Optional.of(JsonNodeFactory.instance.objectNode().put("due", true));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    return check(Request.read(input), caller, deadline).map(Answer::of);
  }

  private Uni<List<Check.Entry>> check(Request request, Principal caller, Instant deadline) {
    return switch (request) {
      case Request.Orders orders -> check.orders(orders.ids(), caller::owns, deadline);
      case Request.Domains domains -> {
        new Limits(caller).domains("domains", domains.names()).require();
        yield check.domains(domains.names(), caller::owns, deadline);
      }
      case Request.Due due -> {
        new Limits(caller).everything("due").require();
        yield check.due(deadline);
      }
    };
  }

  /** The orders to check. */
  sealed interface Request {

    int MAX = 1000;

    /** The orders with these ids. */
    record Orders(List<OrderId> ids) implements Request {
      public Orders {
        ids = List.copyOf(ids);
      }
    }

    /** The latest orders of these names. */
    record Domains(List<DomainName> names) implements Request {
      public Domains {
        names = List.copyOf(names);
      }
    }

    /** The orders whose next step is due. */
    record Due() implements Request {}

    /**
     * Reads a request.
     *
     * @throws InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
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

  /** The checked orders. */
  @RegisterForReflection
  public record Answer(List<Entry> orders) {

    public Answer {
      orders = List.copyOf(orders);
    }

    /**
     * @param order the order, where there is one
     * @param none what was asked for instead
     * @param findings what our own look at each validation found before the vendor checked;
     *     advisory
     */
    @RegisterForReflection
    public record Entry(
        @JsonUnwrapped @Nullable OrderView order,
        @JsonUnwrapped @Nullable None none,
        List<Finding> findings) {

      public Entry {
        findings = List.copyOf(findings);
      }

      /** The id or the domain of the request, for which there is no order. */
      @RegisterForReflection
      @JsonInclude(JsonInclude.Include.NON_NULL)
      public record None(@Nullable String id, @Nullable String domain, @Nullable ErrorView error) {

        private static None of(Check.Entry checked) {
          String asked = checked.asked();
          ErrorView error = ErrorView.ofNullable(checked.error());
          return OrderId.parse(asked).isPresent()
              ? new None(asked, null, error)
              : new None(null, asked, error);
        }
      }

      private static Entry of(Check.Entry checked) {
        Order order = checked.order();
        return order == null
            ? new Entry(null, None.of(checked), List.of())
            : new Entry(OrderView.of(order), null, checked.findings());
      }
    }

    static Answer of(List<Check.Entry> checked) {
      return new Answer(checked.stream().map(Entry::of).toList());
    }
  }
}
