package dev.polycert.function;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders for tests. */
final class Samples {

  private Samples() {}

  static Order order(String name, OrderState state, @Nullable VendorError error) {
    DomainName domain = DomainName.parse(name);
    Information information =
        new Information(
            null,
            null,
            new Information.Person("Wang Fang", null, null, null, "contact@example.com", null),
            "-----BEGIN CERTIFICATE REQUEST-----\nFAKE\n-----END CERTIFICATE REQUEST-----",
            true);
    return new Order(
        OrderId.of("tencent-ssl", "default", domain, 1),
        "tencent-ssl",
        "default",
        domain,
        1,
        null,
        null,
        2,
        state,
        new Terms(
            ValidationMethod.DNS,
            KeyAlgorithm.RSA_2048,
            Map.of("siteId", "42", "apiPassword", "fake-password"),
            information),
        Map.of(),
        Reference.of("certificateId", "cert-1"),
        List.of(Validation.dns(domain.base(), "_dnsauth." + domain.base(), "TXT", "fake-value")),
        null,
        "0",
        null,
        error,
        null,
        0,
        Parts.NOW,
        Parts.NOW,
        Parts.NOW,
        null,
        Parts.NOW.plusSeconds(60),
        Parts.NOW.plusSeconds(3600),
        null,
        false,
        List.of(),
        List.of());
  }
}
