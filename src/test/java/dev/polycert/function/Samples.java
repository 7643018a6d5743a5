package dev.polycert.function;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Placement;
import dev.polycert.order.Report;
import dev.polycert.order.Schedule;
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
    Terms terms =
        new Terms(
            ValidationMethod.DNS,
            KeyAlgorithm.RSA_2048,
            Map.of("siteId", "42", "apiPassword", "fake-password"),
            information);
    Validation record =
        Validation.dns(domain.base(), "_dnsauth." + domain.base(), "TXT", "fake-value");
    return Order.requested(Identity.of("tencent-ssl", "default", domain, 1, Parts.NOW), terms)
        .with(state)
        .with(
            new Placement(
                terms,
                Map.of(),
                Reference.of("certificateId", "cert-1"),
                List.of(record),
                Parts.NOW,
                false))
        .with(new Report("0", null, error))
        .with(new Schedule(0, Parts.NOW.plusSeconds(60), Parts.NOW.plusSeconds(3600)))
        .recordedAt(Parts.NOW);
  }
}
