package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.InvalidInput;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads orders: a page of them, or one with its history. */
@ApplicationScoped
public class Orders implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final OrderBook book;

  Orders(Invocation invocation, Catalog catalog, OrderBook book) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.book = book;
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
    return List.of(new Route("GET", "/orders"), new Route("GET", "/orders/{id}"));
  }

  @Override
  public Uni<?> run(JsonNode input, Instant deadline) {
    return switch (OrdersRequest.read(input, catalog)) {
      case OrdersRequest.One one -> one(one.id());
      case OrdersRequest.Page page -> page(page);
    };
  }

  private Uni<OrderAnswer> one(String text) {
    return OrderId.parse(text)
        .map(book::find)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.orElseThrow(() -> new OrderException.Unknown(Fields.quote(text))))
        .flatMap(
            order ->
                book.history(order.id())
                    .map(history -> new OrderAnswer(OrderView.of(order), history)));
  }

  private Uni<OrdersAnswer> page(OrdersRequest.Page page) {
    return Uni.createFrom()
        .deferred(() -> book.list(page.filter(), page.cursor(), page.limit()))
        .onFailure(failure -> page.cursor() != null && failure instanceof IllegalArgumentException)
        .transform(
            failure -> InvalidInput.of("cursor", "is not one that a page of orders has given"))
        .map(OrdersAnswer::of);
  }
}
