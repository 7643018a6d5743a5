package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Principal;
import dev.polycert.order.use.Summarize;
import dev.polycert.provider.Validation;
import dev.polycert.store.MemoryOrderBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryFunctionTest {
  private final MemoryOrderBook book = new MemoryOrderBook();

  @Test
  void ordersAreCountedByStateProviderAccountAndWhatTheyNeed() {
    put(requested("tencent-ssl", "main", "a.com", 1).with(OrderState.ISSUED));
    put(waiting(requested("tencent-ssl", "main", "b.com", 1)));
    put(requested("tencent-ssl", "second", "c.com", 1).with(OrderState.PENDING_INFORMATION));
    put(
        requested("alibaba-esa", "main", "a.com", 1)
            .withError(new VendorError(ErrorClass.QUOTA, "Quota", "used up", null, null)));
    put(requested("alibaba-esa", "main", "d.com", 1).with(OrderState.CANCELLED));

    assertThat(summary(Map.of()))
        .isEqualTo(
            Doors.json(
                """
                {"orders": 5, "open": 3, "issued": 1, "ended": 1,
                 "states": {"REQUESTED": 1, "PENDING_INFORMATION": 1, "PENDING_VALIDATION": 1,
                   "ISSUED": 1, "CANCELLED": 1},
                 "providers": {"alibaba-esa": 2, "tencent-ssl": 3},
                 "accounts": [
                   {"provider": "alibaba-esa", "account": "main", "orders": 2,
                    "states": {"REQUESTED": 1, "CANCELLED": 1}},
                   {"provider": "tencent-ssl", "account": "main", "orders": 2,
                    "states": {"PENDING_VALIDATION": 1, "ISSUED": 1}},
                   {"provider": "tencent-ssl", "account": "second", "orders": 1,
                    "states": {"PENDING_INFORMATION": 1}}],
                 "needPerson": 3,
                 "attention": {"PUBLISH": 1, "INFORMATION": 1, "QUOTA": 1}}
                """));
  }

  @Test
  void aGenerationThatAnotherOneHasFollowedNeedsNobody() {
    put(requested("tencent-ssl", "main", "a.com", 1).with(OrderState.FAILED));
    put(waiting(requested("tencent-ssl", "main", "a.com", 2)));
    put(requested("tencent-ssl", "main", "b.com", 1).with(OrderState.FAILED));
    put(requested("tencent-ssl", "main", "b.com", 2).with(OrderState.ISSUED));

    assertThat(summary(Map.of()).path("attention")).isEqualTo(Doors.json("{\"PUBLISH\": 1}"));
  }

  @Test
  void theOrdersOfOneRequestAreCountedByItsTime() {
    put(requested("tencent-ssl", "main", "a.com", 1));
    put(requested("tencent-ssl", "main", "b.com", 2).with(OrderState.ISSUED));

    JsonNode since = summary(Map.of("createdSince", Parts.NOW.plusSeconds(2).toString()));

    assertThat(since.path("orders").asInt()).isEqualTo(1);
    assertThat(since.path("issued").asInt()).isEqualTo(1);
  }

  @Test
  void oneRequestCountsABoundedNumberAndSaysWhereItEnded() {
    for (int i = 0; i <= Summarize.MOST; i++) {
      put(requested("tencent-ssl", "main", "n" + i + ".example.com", 1));
    }

    JsonNode first = summary(Map.of());
    JsonNode second = summary(Map.of("cursor", first.path("next").asText()));

    assertThat(first.path("orders").asInt()).isEqualTo(Summarize.MOST);
    assertThat(second.path("orders").asInt()).isEqualTo(1);
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void whatIsNoCursorIsRejected() {
    assertThat(summary(Map.of("cursor", "bad")).at("/errors/0/field").asText()).isEqualTo("cursor");
  }

  @Test
  void theSummaryIsNoOrder() {
    HttpRouter.Request request =
        new HttpRouter.Request("GET", "/orders/summary", Map.of(), Map.of(), null);

    HttpRouter.Reply reply =
        Parts.router()
            .answer(
                List.of(Doors.summary(book), Doors.orders(book)),
                request,
                Principal.PROCESS,
                Parts.NOW.plusSeconds(60))
            .await()
            .indefinitely();

    assertThat(reply.status()).isEqualTo(200);
  }

  private void put(Order order) {
    book.claim(order, "test").await().indefinitely();
  }

  private static Order requested(String provider, String account, String domain, int generation) {
    return Order.requested(
        Identity.of(
            provider,
            account,
            DomainName.parse(domain),
            generation,
            Parts.NOW.plusSeconds(generation)),
        Orders.TERMS);
  }

  private static Order waiting(Order order) {
    return order
        .with(OrderState.PENDING_VALIDATION)
        .with(
            order
                .placement()
                .withValidations(List.of(Validation.dns("a.com", "_a.a.com", "TXT", "x"))));
  }

  private JsonNode summary(Map<String, String> query) {
    return Doors.body(
        Doors.summary(book)
            .summary(Doors.get("/orders/summary", "application/json", query))
            .await()
            .indefinitely());
  }
}
