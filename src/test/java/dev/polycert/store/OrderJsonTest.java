package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderJsonTest {
  private final OrderJson json = new OrderJson();

  @Test
  void everyMemberOfAnOrderComesBack() {
    Order order = Orders.full();

    assertThat(order).hasNoNullFieldsOrProperties();
    assertThat(
            List.of(
                order.identity(),
                order.placement(),
                order.report(),
                order.issuance(),
                order.schedule()))
        .allSatisfy(group -> assertThat(group).hasNoNullFieldsOrProperties());
    assertThat(json.read(json.write(order), Order.class)).isEqualTo(order);
  }

  @Test
  void itsMembersAreNotNestedInGroups() throws Exception {
    JsonNode stored = new ObjectMapper().readTree(json.write(Orders.full()));

    assertThat(stored.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "id",
            "provider",
            "account",
            "domain",
            "label",
            "generation",
            "renewalOf",
            "renewalReference",
            "createdAt",
            "version",
            "updatedAt",
            "by",
            "state",
            "terms",
            "plan",
            "reference",
            "validations",
            "appliedAt",
            "watched",
            "vendorStatus",
            "message",
            "error",
            "certificate",
            "renewedAt",
            "suggested",
            "delegationsAt",
            "served",
            "revokedFor",
            "announced",
            "attempts",
            "nextStepAt",
            "deadline",
            "intent",
            "selfPublished",
            "publications",
            "deliveries");
  }

  @ParameterizedTest
  @CsvSource({"ISSUED, 0, false", "ISSUED, 1, true", "PENDING_VALIDATION, 1, false"})
  void anEarlierVersionAnnouncedWhatIsIssuedBeforeItsFirstAttempt(
      OrderState state, int attempts, boolean announced) {
    Order order = Orders.requested("huawei-scm", "a.example.com").with(state);
    byte[] stored = json.write(order.with(order.schedule().withAttempts(attempts)));

    assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("announced");
    assertThat(json.read(stored, Order.class).issuance().announced()).isEqualTo(announced);
  }

  @Test
  void whatIsNotSetStaysUnset() {
    Order order = Orders.requested("huawei-scm", "a.example.com");

    assertThat(json.read(json.write(order), Order.class)).isEqualTo(order);
  }

  @Test
  void anEntryOfTheHistoryComesBack() {
    HistoryEntry first =
        new HistoryEntry(
            1, Orders.T0.plusNanos(7), null, OrderState.REQUESTED, "requested", null, null);
    HistoryEntry second =
        new HistoryEntry(
            2, Orders.T0, OrderState.REQUESTED, OrderState.APPLYING, "sent", "req-1", null);

    assertThat(json.read(json.write(first), HistoryEntry.class)).isEqualTo(first);
    assertThat(json.read(json.write(second), HistoryEntry.class)).isEqualTo(second);
  }

  @Test
  void timesAreKeptAsTextThatAPersonCanRead() {
    assertThat(new String(json.write(Orders.full()), StandardCharsets.UTF_8))
        .contains("\"createdAt\":\"2026-11-21T09:59:00Z\"")
        .contains("\"retryAfter\":\"PT1.5S\"");
  }

  /** As while processes are replaced by those of a newer version, one by one. */
  @Test
  void aMemberOfANewerVersionIsKeptBySteps() throws Exception {
    Order order = Orders.full();
    String newer =
        new String(json.write(order), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"fromTheFuture\":[{\"a\":1.50}],\"flag\":true,");

    Order read = json.read(newer.getBytes(StandardCharsets.UTF_8), Order.class);
    Order moved =
        read.with(OrderState.ISSUED).withIntent(null).withError(null).recordedAt(Orders.T0);
    JsonNode written = new ObjectMapper().readTree(json.write(moved));

    assertThat(read.withOthers(Map.of())).isEqualTo(order);
    assertThat(written.path("fromTheFuture").toString()).isEqualTo("[{\"a\":1.5}]");
    assertThat(written.path("flag").booleanValue()).isTrue();
    assertThat(written.path("state").textValue()).isEqualTo("ISSUED");
  }

  @Test
  void allMembersOfThisVersionAreKnown() {
    Order full = json.read(json.write(Orders.full()), Order.class);

    assertThat(full.revision().others()).isEmpty();
  }

  @Test
  void listsThatAnOlderVersionDidNotWriteAreEmpty() {
    Order order = Orders.requested("huawei-scm", "a.example.com");
    String older =
        new String(json.write(order), StandardCharsets.UTF_8)
            .replace(",\"publications\":[]", "")
            .replace(",\"deliveries\":[]", "")
            .replace(",\"deliver\":[]", "");

    assertThat(older).doesNotContain("deliver", "publications");
    assertThat(json.read(older.getBytes(StandardCharsets.UTF_8), Order.class)).isEqualTo(order);
  }

  /** Neither do versions before it mind the member: they ignore what they do not know there. */
  @Test
  void aKeyAuthorizationThatAnOlderVersionDidNotWriteIsUnknown() {
    Order full = Orders.full();
    Order order =
        full.with(
            full.placement()
                .withValidations(
                    List.of(
                        full.validations().getFirst().withKeyAuthorization("token.thumbprint"))));
    String stored = new String(json.write(order), StandardCharsets.UTF_8);
    String older = stored.replace(",\"keyAuthorization\":\"token.thumbprint\"", "");

    assertThat(json.read(json.write(order), Order.class)).isEqualTo(order);
    assertThat(older).doesNotContain("keyAuthorization");
    Order read = json.read(older.getBytes(StandardCharsets.UTF_8), Order.class);
    assertThat(read.validations()).containsExactly(full.validations().getFirst());
    assertThat(read.publications().getFirst().record())
        .matches(record -> record.isSame(order.publications().getFirst().record()))
        .matches(record -> record.keyAuthorization() == null);
    assertThat(new String(json.write(read), StandardCharsets.UTF_8)).isEqualTo(older);
  }
}
