package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningTest {

  @Property
  void encodesIntoUnreservedCharactersAlone(@ForAll String text) {
    assertThat(Signing.percentEncode(text)).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
  }

  @Property
  void encodesWithoutLoss(@ForAll String text) {
    String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(URLDecoder.decode(Signing.percentEncode(text), StandardCharsets.UTF_8))
        .isEqualTo(utf8);
  }

  @ParameterizedTest
  @CsvSource({
    "b=2&a=1, a=1&b=2",
    "a=2&a=1, a=2&a=1",
    "a, a=",
    "a=x=y, a=x%3Dy",
    "a=1+1&b=*~, a=1%201&b=%2A~",
    "a=ü, a=%C3%BC"
  })
  void bringsQueriesIntoTheFormThatIsSigned(String raw, String canonical) {
    assertThat(Signing.canonicalQuery(raw)).isEqualTo(canonical);
  }

  @Test
  void knowsNoQuery() {
    assertThat(Signing.canonicalQuery(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, a.example",
    "https://a.example:443, a.example",
    "http://a.example:443, a.example:443",
    "http://a.example:80, a.example",
    "http://127.0.0.1:4566/, 127.0.0.1:4566"
  })
  void namesThePortOnlyWhereItIsNotTheSchemesOwn(URI uri, String host) {
    assertThat(Signing.host(uri)).isEqualTo(host);
  }
}
