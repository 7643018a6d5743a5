package dev.polycert.function;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Accounts;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.read.Forbidden;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.order.Order;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.testing.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A target without an account means that of the domain, and so it does to the caller's limits. */
class AccountLimitsTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedDeliverer other = new ScriptedDeliverer("shelf@b");
  private final Desk desk =
      resources.add(
          Desk.at(
              resources.directory(),
              List.of(Accounts.forDomains("b", "example.com")),
              List.of(other),
              vendor));
  private final Operation apply =
      new ApplyFunction(
          Parts.invocation(), desk.catalog, Doors.VAULT, desk.apply, desk.own, Clock.systemUTC());
  private final Operation deliver =
      new DeliverFunction(Parts.invocation(), desk.catalog, desk.deliver, desk.own);
  private Order order;

  @BeforeEach
  void order() {
    vendor.export = exported("fake-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    order = desk.applyAuto("www.example.com");
  }

  private static Principal at(String deliverer) {
    return new Principal(
        "team",
        Set.of(Scope.APPLY, Scope.DELIVER),
        List.of(DomainName.parse("example.com")),
        List.of("vendor", deliverer));
  }

  private void run(Operation operation, Principal caller, String input) {
    JsonNode request = Doors.json(input);
    operation
        .run(request, caller, desk.now().plus(Duration.ofSeconds(25)))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private void assertRefused(Operation operation, String input, String member) {
    assertThatThrownBy(() -> run(operation, at("shelf"), input))
        .isInstanceOfSatisfying(
            Forbidden.class,
            forbidden ->
                assertThat(forbidden.errors())
                    .containsExactly(
                        new FieldError(
                            member,
                            "shelf@b is none of vendor, shelf, to which your key is limited")));
  }

  @Test
  void noAccountIsReachedThatTheKeyDoesNotName() {
    assertRefused(
        apply,
        "{\"domains\": [\"a.example.com\"], \"providers\": [\"vendor\"],"
            + " \"deliver\": [{\"to\": \"shelf\"}]}",
        "deliver");
    assertRefused(deliver, change("deliver", "shelf"), "deliver");
    assertRefused(deliver, change("remove", "shelf"), "remove");
    assertThat(desk.all()).containsExactly(order);
    assertThat(other.delivered).isEmpty();
  }

  @Test
  void theAccountsThatTheKeyNamesAreReached() {
    run(deliver, at("shelf@b"), change("deliver", "shelf@b"));
    run(deliver, at("shelf"), change("deliver", "shelf@default"));

    assertThat(other.delivered).hasSize(1);
    assertThat(desk.deliverer.delivered).hasSize(1);
  }

  @Test
  void targetsOfOthersAreNotRemoved() {
    assertThatThrownBy(() -> run(deliver, at("shelf"), change("remove", "shelf@b")))
        .isInstanceOf(Forbidden.class);
  }

  private String change(String member, String to) {
    return "{\"orders\": [\"%s\"], \"%s\": [{\"to\": \"%s\"}]}".formatted(order.id(), member, to);
  }
}
