package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsNamesTest {

  @ParameterizedTest
  @CsvSource({
    "bücher.example, xn--bcher-kva.example",
    "BÜCHER.Example., xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "bu\u0308cher.example, xn--bcher-kva.example",
    "bücher。example, xn--bcher-kva.example",
    "faß.example, xn--fa-hia.example",
    "_acme-challenge.bücher.example, _acme-challenge.xn--bcher-kva.example",
    "Example.COM., example.com",
    "*.Bücher.example, *.xn--bcher-kva.example",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
    "a_b-.Example, a_b-.example",
    "r3---sn.example, r3---sn.example",
  })
  void givesEveryNameOneSpelling(String given, String spelling) {
    assertThat(DnsNames.canonical(given)).isEqualTo(spelling);
  }

  @Test
  void leavesWhatIsNoName() {
    assertThat(DnsNames.canonical("")).isEmpty();
    assertThat(DnsNames.canonical("@")).isEqualTo("@");
    assertThat(DnsNames.same("", "example.com")).isFalse();
  }
}
