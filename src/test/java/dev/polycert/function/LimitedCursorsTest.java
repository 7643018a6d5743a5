package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.Orders;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Summarize;
import dev.polycert.store.MemoryOrderBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cursors of a limited caller have ids of its own orders alone, and lead to all of them. */
class LimitedCursorsTest {
  private static final Principal TEAM =
      new Principal(
          "team", Set.of(Scope.READ), List.of(DomainName.parse("example.com")), List.of());

  private final MemoryOrderBook book = new MemoryOrderBook();

  private void put(String domain, int second) {
    book.claim(
            Orders.requested("tencent-ssl", "main", domain, 1, Parts.NOW.plusSeconds(second)),
            "applied")
        .await()
        .indefinitely();
  }

  private void foreign(int count, int second) {
    for (int i = 0; i < count; i++) {
      put("n" + i + ".second" + second + ".example.net", second);
    }
  }

  private static JsonNode ask(Operation operation, ObjectNode input) {
    return Parts.MAPPER.valueToTree(
        operation.run(input, TEAM, Parts.NOW.plusSeconds(60)).await().indefinitely());
  }

  /** All answers to a request, by the cursor of each. */
  private List<JsonNode> pages(Operation operation, ObjectNode input) {
    List<JsonNode> pages = new ArrayList<>();
    JsonNode page = ask(operation, input);
    while (pages.add(page) && page.has("next")) {
      assertThat(pages).as("every page leads further").hasSizeLessThan(50);
      String next = page.path("next").asText();
      assertRevealsNothing(next);
      page = ask(operation, input.deepCopy().put("cursor", next));
    }
    return pages;
  }

  private void assertRevealsNothing(String cursor) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    book.list(OrderFilter.all(), null, 1_000_000).await().indefinitely().orders().stream()
        .filter(order -> !TEAM.owns(order))
        .forEach(order -> assertThat(text).doesNotContain(order.id().value().substring(4)));
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static List<String> domains(List<JsonNode> pages) {
    return pages.stream().flatMap(page -> page.findValuesAsText("domain").stream()).toList();
  }

  @Test
  void aListLeadsPastOrdersOfOthersToEachOwnOneOnce() {
    foreign(30, 1);
    put("a.example.com", 1);
    put("b.example.com", 2);
    foreign(70, 2);
    put("c.example.com", 2);
    foreign(30, 3);
    put("d.example.com", 4);
    foreign(30, 5);

    assertThat(domains(pages(Doors.orders(book), request().put("limit", "1"))))
        .containsExactlyInAnyOrder(
            "a.example.com", "b.example.com", "c.example.com", "d.example.com");
    assertThat(domains(pages(Doors.orders(book), request().put("limit", "3")))).hasSize(4);
    assertThat(
            domains(pages(Doors.orders(book), request().put("limit", "1").put("sort", "-domain"))))
        .containsExactly("d.example.com", "c.example.com", "b.example.com", "a.example.com");
  }

  @Test
  void aSummaryCountsEachOwnOrderOnce() {
    put("a.example.com", 1);
    foreign(Summarize.MOST + 1, 1);
    put("b.example.com", 1);
    foreign(Summarize.MOST / 2, 2);
    put("c.example.com", 3);

    List<JsonNode> counts = pages(Doors.summary(book), request());

    assertThat(counts).hasSizeGreaterThan(1);
    assertThat(counts.stream().mapToInt(count -> count.path("orders").asInt()).sum()).isEqualTo(3);
  }
}
