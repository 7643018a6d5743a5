package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polycert.call.Service;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.ValidationMethod;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are allowed, but whose record of a validation would not be. */
class LongNamesTest {
  private static final String SUFFIX = ".long.example";
  private static final FakeProvider PLAIN =
      FakeProvider.configured("acme", ValidationMethod.values());
  private static final Catalog CATALOG =
      Catalogs.of(
          new FakeProvider(
              new Service(
                  PLAIN.service().descriptor().option(AlternativeNames.OPTION, "further names"),
                  PLAIN.service().account()),
              PLAIN.offer().withRecordLabel("_acme-challenge")));

  private static String name(int octets) {
    StringBuilder name = new StringBuilder("a".repeat(60));
    while (name.length() + SUFFIX.length() < octets) {
      int rest = octets - SUFFIX.length() - name.length();
      name.append('.').append("b".repeat(Math.min(60, Math.max(1, rest - 1))));
    }
    name.setLength(octets - SUFFIX.length());
    return name.append(SUFFIX).toString();
  }

  private static void read(String domain, String validation) {
    ApplyFunction.Request.read(
        Doors.json(
            "{\"domains\":[\"%s\"],\"providers\":[\"acme\"],\"validation\":\"%s\"}"
                .formatted(domain, validation)),
        CATALOG,
        Doors.VAULT,
        Instant.now());
  }

  @ParameterizedTest
  @CsvSource({"238, DNS", "240, DNS_AUTO", "253, DNS"})
  void aNameWithoutRoomForItsRecordIsRejected(int octets, String validation) {
    InvalidInput invalid =
        catchThrowableOfType(InvalidInput.class, () -> read(name(octets), validation));

    assertThat(invalid.errors())
        .singleElement()
        .asString()
        .startsWith("domains[0]")
        .contains("_acme-challenge", (octets + 16) + " octets", "253", "237", "FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DNS", "DNS_AUTO"})
  void aNameWithRoomForItsRecordIsNot(String validation) {
    assertThatCode(() -> read(name(237), validation)).doesNotThrowAnyException();
    assertThatCode(() -> read("*." + name(237), validation)).doesNotThrowAnyException();
    assertThatCode(() -> read(name(253), "FILE")).doesNotThrowAnyException();
  }

  @Test
  void aFurtherNameWithoutRoomIsReportedOnce() {
    String request =
        """
        {"domains": ["www.long.example"], "providers": ["acme"],
          "providerOptions": {"acme": {"alternativeNames": "%s"}}}
        """
            .formatted(name(240));

    InvalidInput invalid =
        catchThrowableOfType(
            InvalidInput.class,
            () ->
                ApplyFunction.Request.read(
                    Doors.json(request), CATALOG, Doors.VAULT, Instant.now()));

    assertThat(invalid.errors())
        .singleElement()
        .asString()
        .contains("providerOptions.acme.alternativeNames", "too long");
  }
}
