package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.polycert.call.Accounts;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets of domains that an account is configured for. */
class AccountTargetsTest {
  private static final NamedAccount B = Accounts.forDomains("b", "example.com");
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final List<String> missing = new ArrayList<>();
  private final ScriptedDeliverer other =
      new ScriptedDeliverer("shelf@b") {
        @Override
        public List<String> missing() {
          return missing;
        }
      };
  private final Desk desk =
      resources.add(Desk.at(resources.directory(), List.of(B), List.of(other), vendor));

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    for (int i = 0; i < 3; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, issued("c" + i, desk.now().plus(Duration.ofDays(90))));
    }
  }

  private static List<String> targets(Order order) {
    return order.terms().deliver().stream().map(DeliveryTarget::to).toList();
  }

  @Test
  void aTargetWithoutAnAccountMeansThatOfTheDomain() {
    Order own = desk.applyAuto("www.example.com", SHELF);
    Order elsewhere = desk.applyAuto("www.example.org", SHELF);
    Order named = desk.applyAuto("mail.example.com", SHELF.withTo("shelf@default"));

    assertThat(targets(own)).containsExactly("shelf@b");
    assertThat(targets(elsewhere)).containsExactly("shelf");
    assertThat(targets(named)).containsExactly("shelf");
    assertThat(other.delivered).hasSize(1);
    assertThat(desk.deliverer.delivered).hasSize(2);
    assertThat(desk.applyAuto("www.example.com", SHELF).version())
        .as("a repeated request")
        .isEqualTo(own.version());
  }

  @Test
  void targetsAreAddedAndRemovedAtTheAccountOfTheOrdersDomain() {
    Order order = desk.applyAuto("www.example.com");

    Order added =
        desk.deliver(order.id(), List.of(SHELF, SHELF.withTo("shelf@default")), List.of()).order();
    assertThat(added.deliveries())
        .extracting(delivery -> delivery.target().to(), Delivery::state)
        .containsExactly(
            tuple("shelf@b", Delivery.State.DELIVERED), tuple("shelf", Delivery.State.DELIVERED));

    assertThat(targets(desk.deliver(order.id(), List.of(), List.of(SHELF)).order()))
        .as("the one of that very name")
        .containsExactly("shelf@b");
    assertThat(targets(desk.deliver(order.id(), List.of(), List.of(SHELF)).order())).isEmpty();
  }

  @Test
  void theKeysOfTheAccountThatADomainHasMustBeThere() {
    Order order = desk.applyAuto("www.example.com");
    missing.add("KEY_OF_B");

    VendorError error =
        Objects.requireNonNull(desk.deliver(order.id(), List.of(SHELF), List.of()).error());

    assertThat(error.message()).isEqualTo("shelf@b needs KEY_OF_B");
  }
}
