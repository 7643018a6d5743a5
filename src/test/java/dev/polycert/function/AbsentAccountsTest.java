package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.Orders;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.store.MemoryOrderBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders outlive the settings of their accounts, and are still found by them. */
class AbsentAccountsTest {
  private static final Principal OTHER =
      new Principal(
          "team", Set.of(Scope.READ), List.of(DomainName.parse("example.org")), List.of());

  private final MemoryOrderBook book = new MemoryOrderBook();

  @BeforeEach
  void order() {
    Identity identity =
        Identity.of("tencent-ssl@gone", "gone", DomainName.parse("www.example.com"), 1, Parts.NOW);
    book.claim(Order.requested(identity, Orders.TERMS), "test").await().indefinitely();
  }

  private Object ask(String door, Principal caller, String provider) {
    Operation operation = door.equals("orders") ? Doors.orders(book) : Doors.summary(book);
    return operation
        .run(
            Parts.MAPPER.valueToTree(Map.of("provider", provider)),
            caller,
            Parts.NOW.plusSeconds(60))
        .await()
        .indefinitely();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "summary"})
  void ordersOfAnAccountThatIsConfiguredNoMoreAreFound(String door) {
    Object answer = ask(door, Principal.PROCESS, "tencent-ssl@gone");

    assertThat(
            answer instanceof OrdersFunction.PageAnswer page
                ? page.orders().size()
                : ((SummaryFunction.Answer) answer).orders())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "summary"})
  void anAccountWithoutOrdersIsProbablyMisspelt(String door) {
    assertThatThrownBy(() -> ask(door, Principal.PROCESS, "tencent-ssl@gnoe"))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            wrong ->
                assertThat(wrong.errors().getFirst())
                    .asString()
                    .startsWith("provider: unknown provider \"tencent-ssl@gnoe\"; "));
  }

  /** Another answer would reveal that there are orders of others. */
  @ParameterizedTest
  @ValueSource(strings = {"orders", "summary"})
  void anAccountWithOrdersOfOthersAloneIsUnknown(String door) {
    assertThatThrownBy(() -> ask(door, OTHER, "tencent-ssl@gone")).isInstanceOf(InvalidInput.class);
  }
}
