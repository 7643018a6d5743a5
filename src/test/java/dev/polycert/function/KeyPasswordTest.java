package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Order;
import dev.polycert.order.Orders;
import dev.polycert.provider.Information;
import dev.polycert.testing.Csrs;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The password of the key files that a vendor makes: sealed where it comes in, shown nowhere. */
class KeyPasswordTest {
  private static final String PASSWORD = "s3cret-pw-of-tests";

  private static ApplyFunction.Request read(ObjectNode information, Vault vault) {
    ObjectNode request = (ObjectNode) Doors.json("{\"domains\":[\"www.example.com\"]}");
    request.putArray("providers").add("tencent-ssl");
    request.set("information", information);
    return ApplyFunction.Request.read(request, Doors.CATALOG, vault, Instant.now());
  }

  private static ObjectNode password() {
    return ((ObjectNode) Doors.json("{}")).put("keyPassword", PASSWORD);
  }

  private static void assertRejected(ObjectNode information, Vault vault, String why) {
    assertThatThrownBy(() -> read(information, vault))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> {
              assertThat(invalid.errors().toString()).contains("information.keyPassword: " + why);
              assertThat(invalid.errors().toString()).doesNotContain(PASSWORD);
            });
  }

  @Test
  void isSealedWhereItComesIn() {
    ApplyFunction.Request request = read(password(), Doors.VAULT);

    assertThat(request.toString()).doesNotContain(PASSWORD);
    String sealed = request.command().information().keyPassword();
    assertThat(Doors.VAULT.openText("keyPassword", sealed)).isEqualTo(PASSWORD);
  }

  @Test
  void isRejectedWhereTheKeyStaysWithTheCaller() {
    assertRejected(
        password().put("csr", Csrs.of("www.example.com").pem()),
        Doors.VAULT,
        "is for the key files that the vendor makes");
  }

  @Test
  void isRejectedWithoutAVaultKey() {
    assertRejected(
        password(),
        TestVault.over(new TestVault.Memory(), null),
        "is stored sealed, and POLYCERT_VAULT_KEY is not set");
  }

  @Test
  void isInNoAnswer() {
    Order order = Orders.requested("tencent-ssl", "www.example.com");
    Information with = new Information(null, null, null, null, true, "c2VhbGVk");
    OrderView view =
        OrderView.of(order.with(order.placement().withTerms(order.terms().withInformation(with))));

    assertThat(view.keyPasswordGiven()).isTrue();
    assertThat(view.information()).isEqualTo(new Information(null, null, null, null, true));
    assertThat(view.toString()).doesNotContain("c2VhbGVk");
  }
}
