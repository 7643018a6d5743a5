package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Cancel;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.provider.RevocationReason;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends orders: withdraws applications, deletes unused certificates, revokes certificates. */
@ApplicationScoped
public class CancelFunction implements Operation {
  private final Invocation invocation;
  private final Cancel cancel;
  private final OwnOrders own;

  CancelFunction(Invocation invocation, Cancel cancel, OwnOrders own) {
    this.invocation = invocation;
    this.cancel = cancel;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("cancel")
  public Uni<JsonNode> cancel(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/cancel", Scope.APPLY));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input);
    return own.each(
            caller,
            request.orders(),
            ids -> cancel.end(ids, request.action(), request.reason(), deadline))
        .map(Answer::of);
  }

  /**
   * The orders to end, and how to end them.
   *
   * @param action CANCEL by default
   * @param reason for a revocation; UNSPECIFIED by default
   */
  record Request(List<OrderId> orders, Cancellation.Kind action, RevocationReason reason) {
    private static final int MAX_ORDERS = 100;

    Request {
      orders = List.copyOf(orders);
    }

    /**
     * Reads a request.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
      Fields fields = Fields.of(input);
      List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
      Cancellation.Kind action =
          Objects.requireNonNullElse(
              fields.choice("action", Cancellation.Kind.class), Cancellation.Kind.CANCEL);
      RevocationReason reason =
          Objects.requireNonNullElse(
              fields.choice("reason", RevocationReason.class), RevocationReason.UNSPECIFIED);
      if (fields.has("reason") && action != Cancellation.Kind.REVOKE) {
        fields.error("reason", "is for the action REVOKE, not for " + action);
      }
      fields.finish();
      return new Request(orders, action, reason);
    }
  }

  /** The result for each order. */
  @RegisterForReflection
  public record Answer(List<Entry> orders) {
    private static final String TAKEN =
        "the vendor has taken the request and has not ended it yet; the order shows it after the"
            + " next step";

    public Answer {
      orders = List.copyOf(orders);
    }

    /**
     * @param done whether the order has ended so, now or before; false without an error while the
     *     vendor works on it
     * @param vendorStatus the vendor's last status verbatim
     * @param message what the order waits for, while the vendor works on it; then what the vendor
     *     makes of the end, where there is more to say
     * @param nextStepAt when Polycert looks next whether the vendor has ended it
     * @param error why the order did not end; its state has not changed
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        OrderId orderId,
        @Nullable String domain,
        @Nullable String provider,
        @Nullable String label,
        @Nullable OrderState state,
        boolean done,
        @Nullable String vendorStatus,
        @Nullable String message,
        @Nullable Instant nextStepAt,
        @Nullable ErrorView error) {

      private static Entry of(NamedOrder<Cancellation> named) {
        Cancellation closed = named.result();
        if (closed == null) {
          return new Entry(
              named.id(),
              null,
              null,
              null,
              null,
              false,
              null,
              null,
              null,
              ErrorView.ofNullable(named.error()));
        }
        Order order = closed.order();
        boolean waits = !closed.done() && closed.error() == null;
        return new Entry(
            order.id(),
            order.domain().ascii(),
            order.provider(),
            order.identity().label(),
            order.state(),
            closed.done(),
            order.vendorStatus(),
            waits ? TAKEN : closed.done() ? order.message() : null,
            waits ? order.nextStepAt() : null,
            ErrorView.ofNullable(closed.error()));
      }
    }

    static Answer of(List<NamedOrder<Cancellation>> closed) {
      return new Answer(closed.stream().map(Entry::of).toList());
    }
  }
}
