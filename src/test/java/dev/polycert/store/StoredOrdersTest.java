package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.Doors;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.store.Stored.Expected;
import dev.polycert.store.Stored.Place;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An order book's file and the items of a DynamoDB table that an earlier version has written are
 * read, answered and moved on as by that version.
 *
 * <p>The files below {@code stored/} were made on 2026-11-28 by the version of commit ebd965a, and
 * are not made again: a change of what is stored has to go on reading them. One run wrote every
 * step into both: the use cases over HTTP, at the sandbox's four vendors and at a real ACME CA
 * (applying, validating, publishing, delivering, renewing, adopting, submitting, cancelling,
 * revoking, deleting, and answers that were lost or refused), and then, through the order book
 * alone, every provider in every state, with every state of publications and deliveries, every
 * intent and error class. At its end it kept {@code orders.json}: what each order was in the book
 * and in the answer of {@code GET /orders/<id>}, the reservations and their owners, and the SHA-256
 * of each value in the vault. {@code orders.mv} was compacted by H2 after it was closed.
 */
@StartsProcesses
class StoredOrdersTest {
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final List<Expected> ORDERS = Stored.orders();

  /** What one item was sealed under, which is the previous key by now. */
  private static final String PREVIOUS = TestVault.key("fake-vault-key-for-tests-only-99");

  @TempDir Path directory;

  @Test
  void everyKindOfOrderIsAmongThem() {
    assertThat(texts("/state", "")).containsExactlyInAnyOrder(names(OrderState.values()));
    for (String provider :
        List.of("acme", "alibaba-esa", "huawei-scm", "tencent-edgeone", "tencent-ssl")) {
      assertThat(
              ORDERS.stream()
                  .filter(order -> order.text("provider").equals(provider))
                  .map(order -> order.text("state"))
                  .distinct())
          .as(provider)
          .hasSize(OrderState.values().length);
    }
    assertThat(texts("/publications", "state"))
        .containsExactlyInAnyOrder(
            "BLOCKED", "FOUND", "WRITING", "WRITTEN", "SEEN", "REMOVED", "PASSED_ON", "LEFT");
    assertThat(texts("/deliveries", "state"))
        .containsExactlyInAnyOrder("WAITING", "DELIVERED", "SUPERSEDED");
    for (String member :
        List.of(
            "/renewalOf",
            "/renewalReference",
            "/renewedAt",
            "/suggested",
            "/terms/information/csr",
            "/terms/options/siteId",
            "/plan/zoneId",
            "/error/retryAfter",
            "/intent/operation")) {
      assertThat(texts(member, "")).as(member).isNotEmpty();
    }
    assertThat(ORDERS).anyMatch(order -> order.stored().at("/intent/ends").asBoolean());
    assertThat(ORDERS)
        .anyMatch(order -> order.answer().at("/history/0/why").asText().startsWith("adopted: "));
  }

  /** What the orders have there, or what the elements there have in that member. */
  private static Set<String> texts(String path, String member) {
    return ORDERS.stream()
        .map(order -> order.stored().at(path))
        .flatMap(there -> member.isEmpty() ? Stream.of(there) : there.findValues(member).stream())
        .filter(there -> !there.isMissingNode())
        .map(there -> there.isTextual() ? there.textValue() : there.toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String[] names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).toArray(String[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderIsReadAsItWasWritten(Place place) {
    try (Stored stored = place.open(directory)) {
      areReadAsTheyWereWritten(stored, ORDERS);
    }
  }

  static void areReadAsTheyWereWritten(Stored stored, List<Expected> orders) {
    for (Expected order : orders) {
      Order found = get(stored.book().find(order.id())).orElseThrow();

      assertThat(Stored.json(found)).as("%s", order).isEqualTo(order.stored());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderIsAnsweredWithItsHistoryAsItWas(Place place) {
    try (Stored stored = place.open(directory)) {
      areAnsweredAsTheyWere(stored, ORDERS);
    }
  }

  static void areAnsweredAsTheyWere(Stored stored, List<Expected> orders) {
    for (Expected order : orders) {
      ObjectNode answer = (ObjectNode) Doors.order(stored.book(), order.text("id"));
      // That version did not sum deliveries up.
      JsonNode delivered = answer.remove("delivered");
      assertThat(answer).as("%s", order).isEqualTo(order.answer());
      assertThat(delivered == null).isEqualTo(!order.answer().has("deliveries"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderIsFoundByWhatItIs(Place place) {
    try (Stored stored = place.open(directory)) {
      areFoundByWhatTheyAre(stored, ORDERS);
    }
  }

  static void areFoundByWhatTheyAre(Stored stored, List<Expected> orders) {
    assertThat(all(stored)).isEqualTo(ORDERS.stream().map(Expected::id).toList());
    assertThat(get(stored.book().due(FAR, ORDERS.size())).stream().map(Order::id))
        .containsExactlyInAnyOrderElementsOf(
            ORDERS.stream()
                .filter(order -> order.stored().has("nextStepAt") || order.stored().has("deadline"))
                .map(Expected::id)
                .toList());
    assertThat(
            get(stored.book().list(new OrderFilter(null, null, null, FAR), null, ORDERS.size()))
                .orders())
        .hasSameSizeAs(
            ORDERS.stream()
                .filter(order -> order.text("state").equals("ISSUED"))
                .filter(order -> order.stored().at("/certificate").has("notAfter"))
                .toList());
    for (Expected order : orders) {
      DomainName domain = DomainName.parse(order.text("domain"));
      Order latest =
          get(stored.book().latest(order.text("provider"), order.text("account"), domain))
              .orElseThrow();

      assertThat(latest.generation())
          .as("%s", order)
          .isGreaterThanOrEqualTo(order.stored().path("generation").intValue());
      assertThat(get(stored.book().latest(domain))).as("%s", order).contains(latest);
    }
  }

  /** By pages of seven. */
  private static List<OrderId> all(Stored stored) {
    List<OrderId> ids = new ArrayList<>();
    String cursor = null;
    do {
      Page page = get(stored.book().list(OrderFilter.all(), cursor, 7));
      page.orders().forEach(order -> ids.add(order.id()));
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderMovesOnFromWhereItWas(Place place) {
    try (Stored stored = place.open(directory)) {
      moveOnFromWhereTheyWere(stored, ORDERS);
    }
  }

  static void moveOnFromWhereTheyWere(Stored stored, List<Expected> orders) {
    for (Expected order : orders) {
      Order found = get(stored.book().find(order.id())).orElseThrow();
      int entries = order.answer().path("history").size();
      ObjectNode next = order.stored().deepCopy();
      next.put("version", Math.toIntExact(found.version() + 1));

      assertThat(get(stored.book().claim(found, "asked for again")).won()).isFalse();
      get(stored.book().transition(found.recordedAt(found.updatedAt()), "unchanged", null));
      Order same = get(stored.book().find(order.id())).orElseThrow();
      assertThat(Stored.json(same)).as("%s", order).isEqualTo(next);

      next.put("version", Math.toIntExact(found.version() + 2)).put("message", "moved on");
      Order moved = same.with(same.report().withMessage("moved on")).recordedAt(same.updatedAt());
      get(stored.book().transition(moved, "moved on", "req"));
      assertThat(Stored.json(get(stored.book().find(order.id())).orElseThrow()))
          .as("%s", order)
          .isEqualTo(next);
      assertThatThrownBy(() -> get(stored.book().transition(moved, "once more", null)))
          .isInstanceOf(StaleOrderException.class);
      assertThat(get(stored.book().history(order.id()))).as("%s", order).hasSize(entries + 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReservedStaysSoUntilItsOrderHasEnded(Place place) {
    try (Stored stored = place.open(directory)) {
      keepWhatTheyReserve(stored);
    }
  }

  static void keepWhatTheyReserve(Stored stored) {
    Map<OrderId, Expected> orders =
        ORDERS.stream().collect(Collectors.toMap(Expected::id, order -> order));
    OrderId other = OrderId.of("other", "main", DomainName.parse("other.example.com"), 1);
    assertThat(Stored.reservations()).isNotEmpty();
    Stored.reservations()
        .forEach(
            (resource, id) -> {
              OrderId owner = new OrderId(id);
              assertThat(get(stored.book().reserve(resource, owner))).as(resource).isTrue();
              assertThat(get(stored.book().reserve(resource, other)))
                  .as(resource)
                  .isEqualTo(orders.get(owner).ended());
            });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSealedIsOpened(Place place) {
    try (Stored stored = place.open(directory)) {
      isOpened(stored);
    }
  }

  static void isOpened(Stored stored) {
    assertThat(Stored.digests().keySet())
        .anyMatch(name -> name.startsWith("acme/certificate/"))
        .anyMatch(name -> name.startsWith("acme/key/"))
        .anyMatch(name -> name.endsWith("/location"));
    Vault vault = TestVault.over(stored.vault(), TestVault.KEY, PREVIOUS);
    Stored.digests()
        .forEach(
            (name, digest) ->
                assertThat(sha256(get(vault.get(name)).orElseThrow())).as(name).isEqualTo(digest));
    assertThat(get(vault.get("crafted/text")).map(StoredOrdersTest::text))
        .contains("an opened value");
    assertThat(get(vault.get("crafted/previous")).map(StoredOrdersTest::text))
        .contains("sealed under the key before");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
