package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Catalogs;
import dev.polycert.order.use.Apply;
import dev.polycert.provider.Information;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Csrs;
import java.time.Instant;
import java.util.Map;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class ApplyFunctionTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void theSmallestRequest() {
    Apply.Command command = read("{\"domains\":[\"www.example.com\"]}").command();

    assertThat(command.domains()).containsExactly(DomainName.parse("www.example.com"));
    assertThat(command.providers()).containsExactly("alibaba-esa", "tencent-ssl");
    assertThat(command.strategy()).isEqualTo(Apply.Strategy.ALL);
    assertThat(command.validation()).isNull();
    assertThat(command.keyAlgorithm()).isNull();
    assertThat(command.providerOptions()).isEmpty();
    assertThat(command.information()).isEqualTo(Information.none());
    assertThat(command.dryRun()).isFalse();
  }

  @Test
  void theFullRequest() {
    Apply.Command command =
        read("""
        {
          "domains": ["b.example.com", "a.example.com"],
          "providers": ["tencent-ssl"],
          "strategy": "FIRST",
          "validation": "FILE",
          "keyAlgorithm": "RSA_2048",
          "providerOptions": {"tencent-ssl": {"siteId": 42}},
          "information": {
            "organization": {"name": "Example Ltd", "country": "CN", "city": "深圳"},
            "administrator": {"email": "admin@example.com", "phone": "+86 13800000000"},
            "agreePrivacyProtection": true
          },
          "dryRun": true
        }
        """)
            .command();

    assertThat(command.domains())
        .extracting(DomainName::ascii)
        .containsExactly("b.example.com", "a.example.com");
    assertThat(command.providers()).containsExactly("tencent-ssl");
    assertThat(command.strategy()).isEqualTo(Apply.Strategy.FIRST);
    assertThat(command.validation()).isEqualTo(ValidationMethod.FILE);
    assertThat(command.providerOptions()).isEqualTo(Map.of("tencent-ssl", Map.of("siteId", "42")));
    assertThat(command.information().organization().city()).isEqualTo("深圳");
    assertThat(command.information().administrator().phone()).isEqualTo("+86 13800000000");
    assertThat(command.information().contact()).isNull();
    assertThat(command.information().agreePrivacyProtection()).isTrue();
    assertThat(command.dryRun()).isTrue();
  }

  @Test
  void duplicatesCollapseWithANote() {
    ApplyFunction.Request request =
        read(
            """
            {"domains": ["example.com", "www.example.com", "EXAMPLE.com"],
             "providers": ["tencent-ssl", "tencent-ssl"]}
            """);

    assertThat(request.command().domains()).hasSize(2);
    assertThat(request.command().providers()).containsExactly("tencent-ssl");
    assertThat(request.notes())
        .containsExactly(
            "domains[2] is the same name as domains[0]: example.com",
            "providers[1] repeats \"tencent-ssl\"");
  }

  @Test
  void withoutAnyConfiguredProviderTheVariablesAreListed() {
    assertThatThrownBy(
            () ->
                ApplyFunction.Request.read(
                    Doors.json("{\"domains\":[\"example.com\"]}"),
                    Catalogs.of(
                        FakeProvider.without("HUAWEICLOUD_SDK_AK", "huawei-scm"),
                        FakeProvider.without("TENCENTCLOUD_SECRET_ID", "tencent-ssl")),
                    Doors.VAULT,
                    NOW))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors())
                    .singleElement()
                    .hasToString(
                        "providers: no provider is configured: huawei-scm needs"
                            + " HUAWEICLOUD_SDK_AK; tencent-ssl needs TENCENTCLOUD_SECRET_ID"));
  }

  @Test
  void anUnusableProviderIsReportedOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"domains": ["example.com"], "providers": ["huawei-scm"],
                     "providerOptions": {"huawei-scm": {}}}
                    """))
        .isInstanceOfSatisfying(
            InvalidInput.class, invalid -> assertThat(invalid.errors()).hasSize(1));
  }

  /** DynamoDB takes 400 kB an order, of which data from vendors may fill 200. */
  @Test
  void everyStoreCanKeepTheLongestRequest() throws Exception {
    String person =
        "{\"name\": \"深%1$s\", \"firstName\": \"深%1$s\", \"lastName\": \"深%1$s\", \"position\":"
            + " \"深%1$s\", \"email\": \"a@%2$s.example.com\"}";
    String csr = Csrs.of("www.example.com").longer(11_200).pem().replace("\n", "\\n");
    String json =
        """
        {"domains": ["www.example.com"], "providers": ["tencent-ssl"],
         "providerOptions": {"tencent-ssl": {"siteId": "%s", "apiPassword": "%s"}},
         "information": {
           "organization": {"name": "深%3$s", "division": "深%3$s", "region": "深%3$s",
             "city": "深%3$s", "address": "深%3$s", "postalCode": "深%3$s"},
           "administrator": %4$s, "contact": %4$s, "csr": "%5$s"}}
        """
            .formatted(
                "1".repeat(32_000),
                "\\u0001".repeat(128),
                "x".repeat(509),
                person.formatted("x".repeat(509), "x".repeat(498)),
                csr);

    Apply.Command command = read(json).command();

    assertThat(Parts.MAPPER.writeValueAsBytes(command)).hasSizeBetween(50_000, 100_000);
  }

  @Test
  void theTimeBeforeWhichOrdersAreReissuedIsNotInTheFuture() {
    String request = "{\"domains\": [\"www.example.com\"], \"reissueBefore\": \"%s\"}";

    assertThat(read(request.formatted("2026-01-02T03:04:05Z")).command().reissueBefore())
        .isEqualTo(NOW);
    assertThatThrownBy(() -> read(request.formatted("2026-01-02T03:04:06Z")))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors())
                    .singleElement()
                    .asString()
                    .startsWith("reissueBefore: is later than now, 2026-01-02T03:04:05Z"));
  }

  @Test
  void noTargetsAreOtherThanNothingSaidOfThem() {
    assertThat(read("{\"domains\": [\"www.example.com\"]}").command().deliver()).isNull();
    assertThat(read("{\"domains\": [\"www.example.com\"], \"deliver\": []}").command().deliver())
        .isEmpty();
  }

  @Test
  void whatACsrAsksForInVainIsNamed() {
    String csr =
        Csrs.of("www.example.com")
            .extension(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign))
            .pem()
            .replace("\n", "\\n");

    assertThat(
            read("""
            {"domains": ["www.example.com"], "providers": ["tencent-ssl"],
             "information": {"csr": "%s"}}
            """
                    .formatted(csr))
                .notes())
        .singleElement()
        .asString()
        .startsWith("information.csr asks for keyUsage beyond digitalSignature");
  }

  private static ApplyFunction.Request read(String json) {
    return ApplyFunction.Request.read(Doors.json(json), Doors.CATALOG, Doors.VAULT, NOW);
  }
}
