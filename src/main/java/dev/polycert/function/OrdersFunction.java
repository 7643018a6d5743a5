package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.invocation.Table;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.Nearest;
import dev.polycert.function.read.OrderFilterReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderSort;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.ListSorted;
import dev.polycert.order.use.OwnOrders;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads orders: a page of them, or one with its history. */
@ApplicationScoped
public class OrdersFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final OrderBook book;
  private final OwnOrders own;
  private final ListSorted sorted;
  private final ObjectMapper mapper;

  OrdersFunction(
      Invocation invocation,
      Catalog catalog,
      OrderBook book,
      OwnOrders own,
      ListSorted sorted,
      ObjectMapper mapper) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.book = book;
    this.own = own;
    this.sorted = sorted;
    this.mapper = mapper;
  }

  /** The Lambda function. */
  @Funq("orders")
  public Uni<JsonNode> orders(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/orders", Scope.READ), new Route("GET", "/orders/{id}", Scope.READ));
  }

  @Override
  public Uni<?> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<?> run(JsonNode input, Principal caller, Instant deadline) {
    return switch (Request.read(input)) {
      case Request.One one -> one(one.id(), caller);
      case Request.Page page ->
          OrderFilterReader.requireProvider(
                  page.filter(), catalog, provider -> own.areAt(caller, provider))
              .flatMap(checked -> page(page, caller, deadline));
    };
  }

  @Override
  public Optional<Table> table(JsonNode input) {
    return switch (Request.read(input)) {
      case Request.One one -> Optional.empty();
      case Request.Page page ->
          Optional.of(
              new Table("orders", page.fields() == null ? OrderFields.COLUMNS : page.fields()));
    };
  }

  private Uni<OneAnswer> one(String text, Principal caller) {
    return OrderId.parse(text)
        .map(id -> own.require(caller, id))
        .orElseGet(() -> Uni.createFrom().failure(new OrderException.Unknown(text)))
        .onFailure(OrderException.Unknown.class)
        .transform(unknown -> new OrderException.Unknown(Fields.quote(text)))
        .flatMap(
            order ->
                book.history(order.id())
                    .map(history -> new OneAnswer(OrderView.of(order), missing(order), history)));
  }

  /** What the vendor still needs to know; empty when it does not wait for that. */
  private List<String> missing(Order order) {
    return order.state() == OrderState.PENDING_INFORMATION
        ? catalog.ofOrder(order.provider()).missingInformation(order.application())
        : List.of();
  }

  private Uni<?> page(Request.Page page, Principal caller, Instant deadline) {
    return Uni.createFrom()
        .deferred(() -> list(page, caller, deadline))
        .onFailure(failure -> page.cursor() != null && failure instanceof IllegalArgumentException)
        .transform(
            failure -> InvalidInput.of("cursor", "is not one that a page of orders has given"))
        .onFailure(ListSorted.TooManyException.class)
        .transform(failure -> tooMany())
        .map(PageAnswer::of)
        .map(answer -> page.fields() == null ? answer : picked(answer, page.fields()));
  }

  private Uni<OrderBook.Page> list(Request.Page page, Principal caller, Instant deadline) {
    return page.sort().creation()
        ? own.list(caller, page.filter(), page.cursor(), page.limit())
        : sorted.page(caller, page.filter(), page.sort(), page.cursor(), page.limit(), deadline);
  }

  private static InvalidInput tooMany() {
    return InvalidInput.of(
        "sort",
        "at most %d orders are sorted, and more match: narrow the list, or leave it in the order of"
                .formatted(ListSorted.MOST)
            + " creation");
  }

  private ObjectNode picked(PageAnswer answer, List<String> chosen) {
    ObjectNode tree = mapper.valueToTree(answer);
    ArrayNode orders = mapper.createArrayNode();
    tree.path("orders").forEach(order -> orders.add(OrderFields.pick(order, chosen)));
    tree.set("orders", orders);
    return tree;
  }

  /** The orders to read. */
  sealed interface Request {

    int MAX_LIMIT = 200;
    int LIMIT = 50;

    /**
     * One order.
     *
     * @param id as the caller wrote it, perhaps not an order id
     */
    record One(String id) implements Request {}

    /**
     * A page of the orders that match a filter.
     *
     * @param fields the members to answer with; null for all
     */
    record Page(
        OrderFilter filter,
        ListSorted.By sort,
        @Nullable List<String> fields,
        int limit,
        @Nullable String cursor)
        implements Request {}

    /**
     * Reads a request: query and path parameters, or JSON with the same names.
     *
     * @throws InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
      Fields fields = Fields.of(input);
      String id = fields.text("id");
      OrderFilter filter = OrderFilterReader.read(fields);
      ListSorted.By sort = sort(fields);
      List<String> chosen = OrderFields.read(fields);
      int limit = fields.number("limit", 1, MAX_LIMIT, LIMIT);
      String cursor = fields.text("cursor");
      fields.finish();
      if (id != null && input.size() > 1) {
        throw InvalidInput.of("id", "stands alone: one order needs no filter and has no pages");
      }
      return id != null ? new One(id) : new Page(filter, sort, chosen, limit, cursor);
    }

    /** A member to sort by, after a hyphen for the reverse; creation when it is left out. */
    private static ListSorted.By sort(Fields fields) {
      String text = fields.text("sort");
      boolean descending = text != null && text.startsWith("-");
      String member = text == null ? "" : text.substring(descending ? 1 : 0);
      Optional<OrderSort> sort = OrderSort.by(member);
      if (text != null && sort.isEmpty()) {
        fields.error(
            "sort",
            "orders cannot be sorted by %s; %s"
                .formatted(Fields.quote(member), Nearest.hint(member, OrderSort.members())));
      }
      return new ListSorted.By(sort.orElse(OrderSort.CREATED_AT), descending);
    }
  }

  /**
   * A page of orders, oldest first unless it is sorted otherwise.
   *
   * @param next the cursor of the next page; absent on the last page
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PageAnswer(List<OrderView> orders, @Nullable String next) {

    public PageAnswer {
      orders = List.copyOf(orders);
    }

    static PageAnswer of(OrderBook.Page page) {
      return new PageAnswer(page.orders().stream().map(OrderView::of).toList(), page.next());
    }
  }

  /**
   * One order with its history.
   *
   * @param missing the members of {@code information} that the vendor still waits for
   * @param history its transitions, oldest first
   */
  @RegisterForReflection
  public record OneAnswer(
      @JsonUnwrapped OrderView order,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missing,
      List<HistoryEntry> history) {

    public OneAnswer {
      missing = List.copyOf(missing);
      history = List.copyOf(history);
    }
  }
}
