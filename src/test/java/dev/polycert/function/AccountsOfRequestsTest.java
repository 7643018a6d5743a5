package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.Accounts;
import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.use.Apply;
import dev.polycert.provider.ValidationMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests where a vendor has accounts beside the default one. */
class AccountsOfRequestsTest {
  private static final DomainName SHOP = DomainName.parse("www.shop.example.com");
  private static final DomainName OTHER = DomainName.parse("www.example.org");

  private final Catalog catalog =
      catalog(Accounts.forDomains("prod2", "example.com"), Accounts.forDomains("prod3"));

  private static Catalog catalog(NamedAccount... accounts) {
    return Catalogs.at(
        List.of(accounts),
        FakeProvider.configured("alibaba-esa", ValidationMethod.DNS),
        FakeProvider.configured("tencent-ssl", ValidationMethod.DNS),
        FakeProvider.configured("tencent-ssl@prod2", ValidationMethod.DNS),
        FakeProvider.without(
            "POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY", "tencent-ssl@prod3"));
  }

  @Test
  void anAccountIsNamedBehindTheProvider() {
    Apply.Command command =
        read("{\"domains\": [\"www.example.org\"], \"providers\": [\"tencent-ssl@prod2\"]}");

    assertThat(command.providers()).containsExactly("tencent-ssl@prod2");
  }

  @Test
  void withoutProvidersAllConfiguredAccountsAreMeantAndALackingOneIsNoted() {
    ApplyFunction.Request request = request("{\"domains\": [\"www.example.org\"]}");

    assertThat(request.command().providers())
        .containsExactly("alibaba-esa", "tencent-ssl", "tencent-ssl@prod2");
    assertThat(request.notes())
        .containsExactly(
            "providers: tencent-ssl@prod3 is left out: it needs"
                + " POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY");
  }

  @Test
  void theAccountOfADomainTakesThePlaceOfAProviderWithoutOne() {
    Apply.Command command =
        read(
            """
            {"domains": ["www.shop.example.com", "www.example.org"],
             "providers": ["tencent-ssl"],
             "providerOptions": {"tencent-ssl": {"siteId": "1"}}}
            """);

    assertThat(command.byDomain())
        .isEqualTo(Map.of(SHOP, List.of("tencent-ssl@prod2"), OTHER, List.of("tencent-ssl")));
    assertThat(command.providerOptions())
        .containsEntry("tencent-ssl@prod2", Map.of("siteId", "1"))
        .containsEntry("tencent-ssl", Map.of("siteId", "1"));
  }

  @Test
  void withoutProvidersADomainWithAnAccountIsAppliedForThereAlone() {
    Apply.Command command = read("{\"domains\": [\"www.shop.example.com\"]}");

    assertThat(command.providers()).containsExactly("alibaba-esa", "tencent-ssl@prod2");
    assertThat(command.byDomain()).isEmpty();
  }

  @Test
  void theDefaultAccountCanBeNamedForADomainOfAnother() {
    Apply.Command command =
        read(
            "{\"domains\": [\"www.shop.example.com\"], \"providers\":"
                + " [\"tencent-ssl@default\"]}");

    assertThat(command.providers()).containsExactly("tencent-ssl");
  }

  @Test
  void optionsOfTheDefaultAccountAreThoseOfTheProvider() {
    assertThat(
            read("""
            {"domains": ["www.example.org"], "providers": ["tencent-ssl@default"],
             "providerOptions": {"tencent-ssl@default": {"siteId": "1"}}}
            """)
                .providerOptions())
        .isEqualTo(Map.of("tencent-ssl", Map.of("siteId", "1")));
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"domains": ["www.example.org"], "providers": ["tencent-ssl@default"],
                     "providerOptions": {"tencent-ssl@default": {"nonsense": "1"}}}
                    """))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors()).singleElement().asString().contains("nonsense"));
  }

  @Test
  void optionsOfAProviderHoldAtItsAccountsWhichMayHaveOthers() {
    assertThat(
            read("""
            {"domains": ["www.example.org"],
             "providers": ["tencent-ssl@prod2", "tencent-ssl"],
             "providerOptions": {"tencent-ssl@prod2": {"siteId": "2"},
                                 "tencent-ssl": {"siteId": "1"}}}
            """)
                .providerOptions())
        .isEqualTo(
            Map.of(
                "tencent-ssl@prod2", Map.of("siteId", "2"), "tencent-ssl", Map.of("siteId", "1")));
  }

  @Test
  void theLongestDomainDecides() {
    Catalog longer =
        Catalogs.at(
            List.of(
                Accounts.forDomains("prod2", "example.com"),
                Accounts.forDomains("shop", "shop.example.com")),
            FakeProvider.configured("tencent-ssl", ValidationMethod.DNS),
            FakeProvider.configured("tencent-ssl@prod2", ValidationMethod.DNS),
            FakeProvider.configured("tencent-ssl@shop", ValidationMethod.DNS));

    assertThat(longer.atAccountOf(SHOP, "tencent-ssl")).isEqualTo("tencent-ssl@shop");
    assertThat(longer.atAccountOf(DomainName.parse("notexample.com"), "tencent-ssl"))
        .isEqualTo("tencent-ssl");
  }

  @Test
  void twoIdsThatMeanOneAccountAreReported() {
    String asked = "{\"domains\": [%s], \"providers\": [\"tencent-ssl\", \"%s\"]}";

    ApplyFunction.Request byDefault =
        request(asked.formatted("\"www.example.org\"", "tencent-ssl@default"));
    assertThat(byDefault.command().providers()).containsExactly("tencent-ssl");
    assertThat(byDefault.notes())
        .containsExactly(
            "providers[1]: tencent-ssl@default is the same account as tencent-ssl, which is applied"
                + " at once");
    ApplyFunction.Request ofDomain =
        request(
            asked.formatted("\"www.shop.example.com\", \"www.example.org\"", "tencent-ssl@prod2"));
    assertThat(ofDomain.notes())
        .containsExactly(
            "providers[1]: tencent-ssl@prod2 is the same account as tencent-ssl for"
                + " www.shop.example.com, which is applied at once");
  }

  /** A template that fills nothing in must not apply. */
  @Test
  void aDryRunThatIsNullIsRefused() {
    assertThatThrownBy(() -> request("{\"domains\": [\"www.example.org\"], \"dryRun\": null}"))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors())
                    .singleElement()
                    .hasToString("dryRun: expected true or false, got null"));
  }

  @Test
  void anUnknownAccountIsRefusedWithThoseThatThereAre() {
    assertError(
        "tencent-ssl@prod9",
        "providers[0]: tencent-ssl has no account \"prod9\"; there are: tencent-ssl,"
            + " tencent-ssl@prod2, tencent-ssl@prod3");
  }

  @Test
  void anAccountThatLacksAKeyIsRefusedWithTheWholeNameOfTheVariable() {
    assertError(
        "tencent-ssl@prod3",
        "providers[0]: tencent-ssl@prod3 is not configured: it needs"
            + " POLYCERT_ACCOUNT__PROD3__TENCENTCLOUD_SECRET_KEY; configured accounts:"
            + " tencent-ssl, tencent-ssl@prod2");
  }

  @Test
  void aLabelIsCheckedAndKept() {
    String labelled = "{\"domains\": [\"www.example.org\"], \"label\": \"%s\"}";

    assertThat(read(labelled.formatted("ec-2")).label()).isEqualTo("ec-2");
    assertThatThrownBy(() -> read(labelled.formatted("EC 2")))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> assertThat(invalid.errors()).singleElement().asString().contains("EC 2"));
  }

  private void assertError(String provider, String error) {
    assertThatThrownBy(
            () ->
                read(
                    "{\"domains\": [\"www.example.org\"], \"providers\": [\"%s\"]}"
                        .formatted(provider)))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> assertThat(invalid.errors()).singleElement().hasToString(error));
  }

  private Apply.Command read(String json) {
    return request(json).command();
  }

  private ApplyFunction.Request request(String json) {
    return ApplyFunction.Request.read(Doors.json(json), catalog, Doors.VAULT, Instant.now());
  }
}
