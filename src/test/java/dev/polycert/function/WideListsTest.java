package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderSort;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.store.MemoryOrderBook;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of many orders: some of their members, in another order, as a table. */
class WideListsTest {
  private static final List<String> NAMES = List.of("d.com", "a.com", "c.com", "b.com", "e.com");

  private final MemoryOrderBook book = new MemoryOrderBook();

  @BeforeEach
  void fill() {
    for (int i = 0; i < NAMES.size(); i++) {
      put(NAMES.get(i), i, i % 2 == 0 ? OrderState.ISSUED : OrderState.FAILED, null);
    }
  }

  private void put(String name, int second, OrderState state, VendorError error) {
    Instant at = Parts.NOW.plusSeconds(second);
    Identity identity = Identity.of("tencent-ssl", "main", DomainName.parse(name), 1, at);
    Order order = Order.requested(identity, Orders.TERMS).with(state).withError(error);
    if (state == OrderState.ISSUED) {
      order = order.with(order.issuance().withCertificate(endingAt(at.minusSeconds(2L * second))));
    }
    book.claim(order, "test").await().indefinitely();
  }

  private static CertificateFacts endingAt(Instant end) {
    return new CertificateFacts("a.com", List.of(), "A CA", null, null, null, null, end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "createdAt",
        "-createdAt",
        "domain",
        "-domain",
        "state",
        "-certificate.notAfter",
        "deadline"
      })
  void pagesOfASortedListShowEachOrderOnceInThatOrder(String sort) {
    List<String> whole = domains(get(Map.of("sort", sort)));
    List<String> byPages = new ArrayList<>();
    Map<String, String> query = new TreeMap<>(Map.of("sort", sort, "limit", "2"));
    JsonNode page;
    do {
      page = get(query);
      byPages.addAll(domains(page));
      query.put("cursor", page.path("next").asText());
    } while (page.has("next"));

    assertThat(byPages).isEqualTo(whole).containsExactlyInAnyOrderElementsOf(NAMES);
  }

  @Test
  void aListIsSortedByAMemberInEitherDirectionAndOrdersWithoutItComeLast() {
    assertThat(domains(get(Map.of("sort", "domain"))))
        .containsExactly("a.com", "b.com", "c.com", "d.com", "e.com");
    List<String> reversed = new ArrayList<>(NAMES);
    Collections.reverse(reversed);
    assertThat(domains(get(Map.of("sort", "-createdAt")))).isEqualTo(reversed);
    assertThat(domains(get(Map.of("sort", "certificate.notAfter"))).subList(0, 3))
        .containsExactly("e.com", "c.com", "d.com");
    assertThat(domains(get(Map.of("sort", "-certificate.notAfter"))).subList(0, 3))
        .containsExactly("d.com", "c.com", "e.com");
  }

  @Test
  void aCursorOfAListThatWasSortedOtherwiseIsRejected() {
    String cursor = get(Map.of("sort", "domain", "limit", "1")).path("next").asText();

    JsonNode rejected = get(Map.of("sort", "-domain", "limit", "1", "cursor", cursor));

    assertThat(rejected.at("/errors/0/field").asText()).isEqualTo("cursor");
  }

  @Test
  void chosenMembersAloneAreAnswered() {
    JsonNode page =
        get(Map.of("sort", "domain", "limit", "2", "fields", "domain,certificate.notAfter,error"));

    assertThat(page.path("orders"))
        .isEqualTo(Doors.json("[{\"domain\": \"a.com\"}, {\"domain\": \"b.com\"}]"));
    assertThat(page.path("next").asText()).isNotEmpty();
    assertThat(
            get(Map.of("domain", "d.com", "fields", "certificate.issuer,certificate.notAfter"))
                .path("orders"))
        .isEqualTo(
            Doors.json(
                "[{\"certificate\": {\"issuer\": \"A CA\", \"notAfter\": \"%s\"}}]"
                    .formatted(Parts.NOW)));
  }

  @Test
  void whatCanBeChosenIsWhatAnOrderHas() {
    assertThat(OrderFields.MEMBERS).isEqualTo(members(OrderView.class));
    assertThat(OrderFields.INNER)
        .filteredOn(name -> !name.startsWith("served."))
        .isEqualTo(
            Stream.concat(
                    members(CertificateFacts.class).stream().map("certificate."::concat),
                    members(ErrorView.class).stream().map("error."::concat))
                .toList());
    assertThat(members(OrderView.ServedView.class)).contains("everywhere", "lookedAt");
    assertThat(OrderSort.members())
        .isSubsetOf(
            Stream.concat(OrderFields.MEMBERS.stream(), OrderFields.INNER.stream()).toList());
  }

  private static List<String> members(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(WideListsTest::name).toList();
  }

  private static String name(RecordComponent component) {
    return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
        .map(JsonProperty::value)
        .orElse(component.getName());
  }

  @Test
  void aTableHasALineForEachOrderAndNamesTheNextPageInAHeader() {
    put("f.com", 9, OrderState.FAILED, error("=HYPERLINK(\"http://example\")"));
    JsonNode reply =
        answer(
            "text/csv",
            Map.of("sort", "-domain", "limit", "2", "fields", "domain,state,error.message"));

    assertThat(reply.at("/headers/content-type").asText()).startsWith("text/csv");
    assertThat(reply.path("body").asText())
        .isEqualTo(
            """
            domain,state,error.message\r
            f.com,FAILED,"'=HYPERLINK(""http://example"")"\r
            e.com,ISSUED,\r
            """);
    assertThat(reply.at("/headers/link").asText())
        .matches(
            "<\\?cursor=[\\w-]+&fields=domain%2Cstate%2Cerror.message&limit=2&sort=-domain>;"
                + " rel=\"next\"");
  }

  @Test
  void aTableWithoutChosenMembersHasTheSameColumnsOnEveryPage() {
    String body = answer("text/csv", Map.of()).path("body").asText();

    assertThat(body.lines().findFirst().orElseThrow())
        .isEqualTo(String.join(",", OrderFields.COLUMNS));
    assertThat(body.lines()).hasSize(6);
  }

  @Test
  void aMistakeIsReportedAsAlwaysAlsoToThoseThatAskForATable() {
    JsonNode reply = answer("text/csv", Map.of("sort", "colour"));

    assertThat(reply.path("statusCode").asInt()).isEqualTo(400);
    assertThat(Doors.body(reply).at("/errors/0/field").asText()).isEqualTo("sort");
  }

  private static VendorError error(String message) {
    return new VendorError(ErrorClass.FINAL, "Refused", message, null, null);
  }

  private JsonNode get(Map<String, String> query) {
    return Doors.body(answer("application/json", query));
  }

  private JsonNode answer(String accept, Map<String, String> query) {
    return Doors.orders(book).orders(Doors.get("/orders", accept, query)).await().indefinitely();
  }

  private static List<String> domains(JsonNode page) {
    return page.path("orders").findValuesAsText("domain");
  }
}
