package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.OrderView.DeliveryView;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.DeliverReader;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Deliver;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the targets that the certificates of orders go to, and delivers at once. */
@ApplicationScoped
public class DeliverFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Deliver deliver;
  private final OwnOrders own;

  DeliverFunction(Invocation invocation, Catalog catalog, Deliver deliver, OwnOrders own) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.deliver = deliver;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("deliver")
  public Uni<JsonNode> deliver(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "deliver";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/deliver", Scope.DELIVER));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, catalog);
    new Limits(caller)
        .targets("deliver", request.add())
        .targets("remove", request.remove())
        .require();
    return own.domains(caller, request.orders())
        .invoke(domains -> requireReached(caller, request, domains))
        .flatMap(
            domains ->
                own.each(
                    caller,
                    request.orders(),
                    ids ->
                        deliver.deliver(
                            ids, request.add(), request.remove(), request.retry(), deadline)))
        .map(delivered -> Answer.of(delivered, request.notes()));
  }

  /** The targets may mean other accounts for these domains than the request says. */
  private void requireReached(Principal caller, Request request, List<DomainName> domains) {
    new Limits(caller)
        .deliverers("deliver", catalog.deliverersFor(domains, request.add()))
        .deliverers("remove", catalog.deliverersFor(domains, request.remove()))
        .require();
  }

  /**
   * The orders whose targets change.
   *
   * @param add the targets that are to be there
   * @param remove the targets that are not, by all or some of their options
   * @param retry whether those are tried at once that the certificate has not reached so far
   * @param notes the targets that were given twice
   */
  record Request(
      List<OrderId> orders,
      List<DeliveryTarget> add,
      List<DeliveryTarget> remove,
      boolean retry,
      List<String> notes) {
    private static final int MAX_ORDERS = 100;

    Request {
      orders = List.copyOf(orders);
      add = List.copyOf(add);
      remove = List.copyOf(remove);
      notes = List.copyOf(notes);
    }

    /**
     * Reads a request and checks its targets against the known deliverers.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, Catalog catalog) {
      Fields fields = Fields.of(input);
      List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
      DeliverReader reader = DeliverReader.ofOrders(fields, catalog, orders.size());
      List<DeliveryTarget> add = reader.read(List.of(), Information.none());
      List<DeliveryTarget> remove = reader.readRemoved("remove");
      boolean retry = Boolean.TRUE.equals(fields.flag("retry"));
      if (!retry && namesNone(input.path("deliver")) && namesNone(input.path("remove"))) {
        fields.error(
            "deliver",
            "is missing; targets to add here, targets to end in remove, or \"retry\": true for"
                + " those that the certificate has not reached");
      }
      fields.finish();
      return new Request(orders, add, remove, retry, reader.notes());
    }

    /** Empty lists would be answered as a success that did nothing. */
    private static boolean namesNone(JsonNode targets) {
      return targets.isMissingNode()
          || targets.isNull()
          || (targets.isArray() && targets.isEmpty());
    }
  }

  /**
   * The targets of each order, as they are now.
   *
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  @RegisterForReflection
  public record Answer(
      List<Entry> orders, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {

    public Answer {
      orders = List.copyOf(orders);
      notes = List.copyOf(notes);
    }

    /**
     * @param deliveries how far the certificate is on its way to each target
     * @param error why the targets are as they were
     * @param notes what the caller should know of the targets; left out where there is nothing
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        OrderId orderId,
        @Nullable String domain,
        @Nullable String provider,
        @Nullable String label,
        @Nullable OrderState state,
        @Nullable List<DeliveryView> deliveries,
        @Nullable ErrorView error,
        @Nullable List<String> notes) {

      private static Entry of(NamedOrder<Deliver.Entry> named) {
        Deliver.Entry delivered = named.result();
        if (delivered == null) {
          return new Entry(
              named.id(), null, null, null, null, null, ErrorView.ofNullable(named.error()), null);
        }
        return new Entry(
            delivered.order().id(),
            delivered.order().domain().ascii(),
            delivered.order().provider(),
            delivered.order().identity().label(),
            delivered.order().state(),
            OrderView.deliveries(delivered.order()),
            ErrorView.ofNullable(delivered.error()),
            delivered.notes().isEmpty() ? null : delivered.notes());
      }
    }

    static Answer of(List<NamedOrder<Deliver.Entry>> delivered, List<String> notes) {
      return new Answer(delivered.stream().map(Entry::of).toList(), notes);
    }
  }
}
