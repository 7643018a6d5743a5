package dev.polycert.function.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.order.Catalogs;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Capability;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvidersReaderTest {
  private static final String NAMES = "192.0.2.2 b.example.com 2001:db8::1";

  private final ScriptedProvider vendor = new ScriptedProvider("vendor");

  private Map<String, Map<String, String>> read() {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.putObject("providerOptions").putObject("vendor").put("alternativeNames", NAMES);
    Fields fields = Fields.of(input);
    Map<String, Map<String, String>> options =
        new ProvidersReader(fields, Catalogs.of(vendor)).options(List.of("vendor"));
    fields.finish();
    return options;
  }

  @Test
  void addressesMayBeFurtherNamesWhereTheProviderIssuesForThem() {
    vendor.capabilities = Set.of(Capability.IP_ADDRESS);

    assertThat(read()).isEqualTo(Map.of("vendor", Map.of("alternativeNames", NAMES)));
  }

  @Test
  void addressesAreNoFurtherNamesElsewhere() {
    vendor.capabilities = Set.of(Capability.WILDCARD);

    InvalidInput refused = catchThrowableOfType(InvalidInput.class, this::read);

    assertThat(refused.errors())
        .extracting(FieldError::field)
        .containsExactly("providerOptions.vendor.alternativeNames");
  }
}
