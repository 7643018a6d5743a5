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

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com, true",
    "WWW.Example.com., www.example.com, true",
    "*.example.com, www.example.com, true",
    "*.bücher.example, www.xn--bcher-kva.example, true",
    "*.example.com, *.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, a.www.example.com, false",
    "*.example.com, *.www.example.com, false",
    "www.example.com, *.example.com, false",
    "w*.example.com, www.example.com, false",
    "*, localhost, false",
    "*.localhost, localhost, false",
  })
  void aWildcardCoversOneLabel(String inCertificate, String name, boolean covers) {
    assertThat(DnsNames.covers(inCertificate, name)).isEqualTo(covers);
  }

  @Test
  void leavesWhatIsNoName() {
    assertThat(DnsNames.canonical("")).isEmpty();
    assertThat(DnsNames.canonical("@")).isEqualTo("@");
    assertThat(DnsNames.same("", "example.com")).isFalse();
  }
}
