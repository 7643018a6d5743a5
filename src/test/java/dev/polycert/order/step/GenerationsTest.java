package dev.polycert.order.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.Orders;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationsTest {

  @Test
  void anOptionThatNamedTheOldCertificateIsNotInherited() {
    Order order =
        order(Map.of("certificateId", "c1", "type", "DV"), Reference.of("certificateId", "c1"));
    Order site = order(Map.of("siteId", "7"), Reference.of("siteId", "7", "id", "c1"));

    assertThat(Generations.renewalTerms(order).options()).containsOnlyKeys("type");
    assertThat(Generations.renewalTerms(site).options()).containsOnlyKeys("siteId");
  }

  private static Order order(Map<String, String> options, Reference reference) {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, options, Information.none());
    Order order = Orders.requested("vendor", "www.example.com");
    return order.with(order.placement().withTerms(terms).withReference(reference));
  }
}
