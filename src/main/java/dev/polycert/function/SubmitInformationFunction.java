package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InformationReader;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.order.use.Submit;
import dev.polycert.provider.Information;
import dev.polycert.vault.Vault;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts organisation and contact data, whole or in parts, for orders that wait for them. */
@ApplicationScoped
public class SubmitInformationFunction implements Operation {
  private final Invocation invocation;
  private final Vault vault;
  private final Submit submit;
  private final OwnOrders own;

  SubmitInformationFunction(Invocation invocation, Vault vault, Submit submit, OwnOrders own) {
    this.invocation = invocation;
    this.vault = vault;
    this.submit = submit;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("submit-information")
  public Uni<JsonNode> submitInformation(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "submit-information";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/submit-information", Scope.APPLY));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, vault);
    return own.each(
            caller, request.orders(), ids -> submit.submit(ids, request.information(), deadline))
        .map(Answer::of);
  }

  /** Information, or a part of it, for these orders. */
  record Request(List<OrderId> orders, Information information) {
    private static final int MAX_ORDERS = 100;

    Request {
      orders = List.copyOf(orders);
    }

    /**
     * Reads a request.
     *
     * @throws InvalidInput with all its errors
     */
    static Request read(JsonNode input, Vault vault) {
      Fields fields = Fields.of(input);
      List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
      boolean given = fields.has("information");
      Information information = InformationReader.read(fields.object("information"), vault);
      if (!given) {
        fields.error("information", "is missing; expected an object");
      }
      fields.finish();
      if (information.equals(Information.none())) {
        throw InvalidInput.of("information", "says nothing");
      }
      return new Request(orders, information);
    }
  }

  /** The result for each order. */
  @RegisterForReflection
  public record Answer(List<Entry> orders) {

    public Answer {
      orders = List.copyOf(orders);
    }

    /**
     * @param missing paths in the request that the vendor still needs
     * @param sent whether the vendor accepted the information now
     * @param notes what the provider makes no use of, and whether the order had it all before
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        OrderId orderId,
        @Nullable String domain,
        @Nullable String provider,
        @Nullable String label,
        @Nullable OrderState state,
        List<String> missing,
        boolean sent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
        @Nullable ErrorView error) {

      public Entry {
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
      }

      private static Entry of(NamedOrder<Submit.Entry> named) {
        Submit.Entry submitted = named.result();
        if (submitted == null) {
          return new Entry(
              named.id(),
              null,
              null,
              null,
              null,
              List.of(),
              false,
              List.of(),
              ErrorView.ofNullable(named.error()));
        }
        return new Entry(
            submitted.order().id(),
            submitted.order().domain().ascii(),
            submitted.order().provider(),
            submitted.order().identity().label(),
            submitted.order().state(),
            submitted.missing(),
            submitted.sent(),
            submitted.notes(),
            ErrorView.ofNullable(submitted.error()));
      }
    }

    static Answer of(List<NamedOrder<Submit.Entry>> submitted) {
      return new Answer(submitted.stream().map(Entry::of).toList());
    }
  }
}
