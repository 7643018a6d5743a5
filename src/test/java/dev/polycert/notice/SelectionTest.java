package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.notice;
import static dev.polycert.notice.SampleNotices.ofHost;
import static dev.polycert.notice.SampleNotices.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.order.Notice.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final List<String> PROVIDERS = List.of("acme", "tencent-ssl", "tencent-ssl@prod2");

  private static Selection of(String... namesAndValues) {
    String[] all = new String[namesAndValues.length + 2];
    all[0] = "kind";
    all[1] = "slack";
    System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
    return Selection.of("ops.", settings(all), () -> PROVIDERS);
  }

  @Test
  void successIsQuietUnlessItIsAskedFor() {
    assertThat(of().wants(notice(Kind.ISSUED, "a.example", "acme", ""))).isFalse();
    for (Kind kind : Kind.values()) {
      assertThat(of("events", "all").wants(notice(kind, "a.example", "acme", ""))).isTrue();
      assertThat(of().wants(notice(kind, "a.example", "acme", ""))).isEqualTo(kind != Kind.ISSUED);
    }
  }

  @Test
  void eventsAreChosenByType() {
    Selection some = of("events", "order.issued, dev.polycert.served.differs");

    assertThat(some.wants(notice(Kind.ISSUED, "a.example", "acme", ""))).isTrue();
    assertThat(some.wants(ofHost(Kind.SERVED_DIFFERS, "a.example:443"))).isTrue();
    assertThat(some.wants(notice(Kind.FAILED, "a.example", "acme", ""))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "tencent-ssl, tencent-ssl, true",
    "tencent-ssl, tencent-ssl@prod2, true",
    "tencent-ssl@prod2, tencent-ssl@prod2, true",
    "tencent-ssl@prod2, tencent-ssl, false",
    "acme, tencent-ssl, false"
  })
  void providersAreChosenWithOrWithoutTheirAccounts(String chosen, String of, boolean wanted) {
    assertThat(of("providers", chosen).wants(notice(Kind.FAILED, "a.example", of, "")))
        .isEqualTo(wanted);
    assertThat(of("providers", chosen).wants(ofHost(Kind.SERVED_EXPIRING, "a.example:443")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, www.example.com, true",
    "example.com, *.example.com, true",
    "example.com, badexample.com, false",
    "www.example.com, example.com, false",
    "Bücher.example, www.xn--bcher-kva.example, true"
  })
  void domainsAreChosenBySuffix(String chosen, String domain, boolean wanted) {
    assertThat(of("domains", chosen).wants(notice(Kind.FAILED, domain, "acme", "")))
        .isEqualTo(wanted);
  }

  @Test
  void hostsAreChosenByTheirNames() {
    Selection some = of("domains", "example.com");

    assertThat(some.wants(ofHost(Kind.SERVED_DIFFERS, "www.example.com:8443"))).isTrue();
    assertThat(some.wants(ofHost(Kind.SERVED_DIFFERS, "www.example.com@[2001:db8::1]:443")))
        .isTrue();
    assertThat(some.wants(ofHost(Kind.SERVED_DIFFERS, "[2001:db8::1]:443"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "events, order.failled, order.failed",
    "providers, tencent, tencent-ssl@prod2",
    "domains, -.example, -.example"
  })
  void whatThereIsNotIsRefusedByName(String setting, String value, String named) {
    assertThatThrownBy(() -> of(setting, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ops." + setting)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(named);
  }
}
