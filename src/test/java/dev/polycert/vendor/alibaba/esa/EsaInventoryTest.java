package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polycert.call.Answer;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EsaInventoryTest extends EsaProviderTests {

  private Uni<Answer<Inventory>> list(@Nullable String cursor) {
    return provider.list(cursor, context());
  }

  private Uni<Answer<CertificateBundle>> export(boolean includePrivateKey) {
    return provider.export(applied(), includePrivateKey, context());
  }

  private static String refusedCode(Uni<? extends Answer<?>> asked) {
    return refusal(await(asked)).code();
  }

  /** Sites 1 to the number, each of which has the same certificates. */
  private void sites(int number) {
    String sites =
        IntStream.rangeClosed(1, number)
            .map(i -> number + 1 - i)
            .mapToObj("{\"SiteId\":%d,\"SiteName\":\"e.com\",\"Status\":\"active\"}"::formatted)
            .collect(Collectors.joining(","));
    vendor
        .on("ListSites", Reply.of(200, "{\"TotalCount\":" + number + ",\"Sites\":[" + sites + "]}"))
        .on("ListCertificates", answer("ListCertificates.inventory"));
  }

  @Test
  void listsWhatASiteHasInWhateverState() {
    sites(1);

    Inventory inventory = value(list(null));

    assertThat(inventory.next()).isNull();
    assertThat(inventory.items())
        .extracting(Inventory.Item::domain, Inventory.Item::phase, Inventory.Item::vendorStatus)
        .containsExactly(
            tuple("www.example.com", Phase.ISSUED, "OK"),
            tuple("a.example.com", Phase.PENDING_VALIDATION, "Applying"),
            tuple("b.example.com", Phase.UNKNOWN, "Frozen"));
    assertThat(inventory.items())
        .extracting(Inventory.Item::uploaded)
        .containsExactly(false, false, true);
    Inventory.Item issued = inventory.items().getFirst();
    assertThat(issued.names()).containsExactly("www.example.com", "example.com");
    assertThat(issued.reference()).isEqualTo(Reference.of("siteId", "1", "id", "30000478"));
    assertThat(issued.facts().notAfter()).isEqualTo(Instant.parse("2027-02-19T17:59:59Z"));
    assertThat(vendor.received("ListSites").getFirst().query())
        .isEqualTo("PageNumber=1&PageSize=500");
    assertThat(vendor.received("ListCertificates").getFirst().query()).doesNotContain("Keyword");
  }

  @Test
  void anUploadOfSeveralNamesCannotBeRenewedForAllOfThem() {
    sites(1);
    String listed = answer("ListCertificates.inventory").body();
    vendor.on(
        "ListCertificates",
        Reply.of(
            200,
            listed.replace(
                "\"SAN\": \"b.example.com\"", "\"SAN\": \"b.example.com,c.example.com\"")));

    assertThat(value(list(null)).items())
        .extracting(Inventory.Item::lost)
        .containsExactly(List.of(), List.of(), List.of("c.example.com"));
  }

  @Test
  void listsTwentySitesAPageByTheirIds() {
    sites(45);

    Inventory first = value(list(null));
    Inventory second = value(list(first.next()));
    Inventory third = value(list(second.next()));

    assertThat(first.next()).isEqualTo("20");
    assertThat(second.next()).isEqualTo("40");
    assertThat(third.next()).isNull();
    assertThat(third.items())
        .extracting(item -> item.reference().id("siteId"))
        .containsOnly("41", "42", "43", "44", "45");
    assertThat(first.items().size() + second.items().size() + third.items().size())
        .isEqualTo(45 * 3);
  }

  @Test
  void leavesOutSitesThatWereNeverActiveOrAreGoneMeanwhile() {
    vendor
        .on("ListSites", answer("ListSites.pending"))
        .on("ListCertificates", error(400, "siteNotActivated"));
    assertThat(value(list(null)).items()).isEmpty();
    assertThat(vendor.received("ListCertificates")).isEmpty();

    sites(2);
    vendor.on(
        "ListCertificates", error(400, "siteNotActivated"), answer("ListCertificates.inventory"));
    assertThat(value(list(null)).items()).hasSize(3);
  }

  @Test
  void givesNoPartOfAPage() {
    sites(3);
    vendor.on(
        "ListCertificates",
        answer("ListCertificates.inventory"),
        Reply.of(403, "{\"Code\":\"Forbidden.RAM\",\"Message\":\"no\"}"));

    assertThat(refusedCode(list(null))).isEqualTo("Forbidden.RAM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1234567890123456789"})
  void refusesCursorsThatAreNone(String cursor) {
    assertThat(refusedCode(list(cursor))).isEqualTo("Cursor.Invalid");
  }

  @Test
  void exportsTheCertificateAndItsChain() {
    String chain =
        "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n"
            + "-----BEGIN CERTIFICATE-----\\nMIIC\\n-----END CERTIFICATE-----\\n";
    vendor.on(
        "GetCertificate",
        Reply.of(
            200,
            "{\"Status\":\"OK\",\"Certificate\":\"%s\",\"Result\":{\"Id\":30000478}}"
                .formatted(chain)));

    assertThat(value(export(false)))
        .isEqualTo(
            new CertificateBundle(
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n",
                null));
  }

  @Test
  void saysThatItHasNoKeyToGive() {
    assertThat(refusedCode(export(true))).isEqualTo("PrivateKey.NotGiven");
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void exportsNothingBeforeItIsIssued() {
    vendor.on("GetCertificate", answer("GetCertificate.applying"));

    assertThat(refusedCode(export(false))).isEqualTo("Certificate.NotIssued");
  }
}
