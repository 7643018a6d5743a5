package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.ServedHost;
import dev.polycert.function.OrderView.ServedView;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.function.read.ServedHostsReader;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.CheckServed;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.OwnOrders;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the certificates that hosts serve, of orders and of any others. */
@ApplicationScoped
public class CheckServedFunction implements Operation {
  private final Invocation invocation;
  private final CheckServed checkServed;
  private final OwnOrders own;

  CheckServedFunction(Invocation invocation, CheckServed checkServed, OwnOrders own) {
    this.invocation = invocation;
    this.checkServed = checkServed;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("check-served")
  public Uni<JsonNode> check(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "check-served";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/check-served", Scope.READ));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input);
    new Limits(caller).hosts("hosts", request.hosts()).require();
    return Uni.combine()
        .all()
        .unis(
            own.each(caller, request.orders(), ids -> checkServed.orders(ids, deadline)),
            checkServed.hosts(request.hosts(), deadline))
        .with(Answer::of);
  }

  /** What to look at. */
  record Request(List<OrderId> orders, List<ServedHost> hosts) {
    private static final int MAX_ORDERS = 100;
    private static final int MAX_HOSTS = 100;

    Request {
      orders = List.copyOf(orders);
      hosts = List.copyOf(hosts);
    }

    /**
     * Reads a request.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
      Fields fields = Fields.of(input);
      List<OrderId> orders = OrderIdsReader.read(fields, MAX_ORDERS);
      List<ServedHost> hosts = ServedHostsReader.hosts(fields, "hosts", MAX_HOSTS);
      if (!fields.has("orders") && !fields.has("hosts")) {
        fields.error("orders", "expected order ids here, or hosts such as a.example:443 in hosts");
      }
      fields.finish();
      return new Request(orders, hosts);
    }
  }

  /** What was seen of each order and of each host. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Answer(List<Entry> orders, List<HostEntry> hosts) {

    public Answer {
      orders = List.copyOf(orders);
      hosts = List.copyOf(hosts);
    }

    /**
     * An order.
     *
     * @param delivered whether every target has the certificate; null where there are none
     * @param error why it was not looked for
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        OrderId orderId,
        @Nullable String domain,
        @Nullable String provider,
        @Nullable String label,
        @Nullable OrderState state,
        @Nullable Boolean delivered,
        @Nullable ServedView served,
        @Nullable ErrorView error) {

      private static Entry of(NamedOrder<CheckServed.Entry> named) {
        CheckServed.Entry checked = named.result();
        if (checked == null) {
          return new Entry(
              named.id(), null, null, null, null, null, null, ErrorView.ofNullable(named.error()));
        }
        return new Entry(
            checked.order().id(),
            checked.order().domain().ascii(),
            checked.order().provider(),
            checked.order().identity().label(),
            checked.order().state(),
            OrderView.delivered(checked.order()),
            ServedView.of(checked.order()),
            ErrorView.ofNullable(checked.error()));
      }
    }

    /** A host. */
    @RegisterForReflection
    public record HostEntry(String host, List<OrderView.AddressView> addresses) {

      private static HostEntry of(CheckServed.Host checked) {
        return new HostEntry(
            checked.host().toString(),
            checked.addresses().stream()
                .map(address -> OrderView.AddressView.of(address, checked.at()))
                .toList());
      }
    }

    static Answer of(List<NamedOrder<CheckServed.Entry>> orders, List<CheckServed.Host> hosts) {
      return new Answer(
          orders.stream().map(Entry::of).toList(), hosts.stream().map(HostEntry::of).toList());
    }
  }
}
