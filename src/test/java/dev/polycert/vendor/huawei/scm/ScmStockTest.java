package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Applications;
import dev.polycert.vendor.huawei.scm.ScmApi.Listed;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the bought certificates those fit that hold all names; what holds fewest comes first. */
class ScmStockTest {
  private static final Applications WWW = Applications.forDomain("www.example.com");

  private static Listed bought(String id, String type, String domainType, int names) {
    return listed(id, "PAID", type, domainType, "", null, names);
  }

  private static Listed listed(
      String id,
      String status,
      String type,
      String domainType,
      String domain,
      @Nullable String sans,
      int names) {
    return new Listed(id, id, status, type, "GEOTRUST", domainType, domain, sans, null, names, 0);
  }

  private static List<String> unused(Applications application, Listed... listed) {
    return ScmStock.unused(application.application(), List.of(listed)).stream()
        .map(Listed::id)
        .toList();
  }

  @Test
  void takesTheSmallestThatFits() {
    assertThat(
            unused(
                WWW,
                bought("five", "DV_SSL_CERT", "MULTI_DOMAIN", 5),
                bought("three", "DV_SSL_CERT", "MULTI_DOMAIN", 3),
                bought("ov", "OV_SSL_CERT", "SINGLE_DOMAIN", 1),
                bought("dv", "DV_SSL_CERT", "SINGLE_DOMAIN", 1)))
        .containsExactly("dv", "ov", "three", "five");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xn--bcher-kva.example", "bücher.example", "BÜCHER.example"})
  void knowsANameInAnySpelling(String there) {
    Set<DomainName> wanted = Set.of(DomainName.parse("bücher.example"));

    assertThat(ScmStock.covers(List.of("other.example", there), wanted)).isTrue();
  }

  @Test
  void takesForSeveralNamesOnlyWhatHoldsThemAll() {
    Applications three = WWW.option("alternativeNames", "a.example.com, b.example.com");

    assertThat(
            unused(
                three,
                bought("single", "DV_SSL_CERT", "SINGLE_DOMAIN", 1),
                bought("two", "DV_SSL_CERT", "MULTI_DOMAIN", 2),
                bought("five", "DV_SSL_CERT", "MULTI_DOMAIN", 5),
                bought("three", "DV_SSL_CERT", "MULTI_DOMAIN", 3)))
        .containsExactly("three", "five");
    assertThat(
            unused(
                WWW.option("alternativeNames", "*.example.com"),
                bought("two", "DV_SSL_CERT", "MULTI_DOMAIN", 2)))
        .as("no wildcard in it")
        .isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsTakenOnlyWithAllNames() {
    Listed there =
        listed(
            "there",
            "CHECKING_DOMAIN",
            "DV_SSL_CERT",
            "MULTI_DOMAIN",
            "www.example.com",
            "a.example.com",
            3);
    ScmStock stock = new ScmStock(java.time.Clock.systemUTC());

    assertThat(
            Stream.of("a.example.com", "b.example.com")
                .map(
                    name ->
                        stock
                            .existing(
                                WWW.option("alternativeNames", name).application(), List.of(there))
                            .isPresent()))
        .containsExactly(true, false);
  }
}
