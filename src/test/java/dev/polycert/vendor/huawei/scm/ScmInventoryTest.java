package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ScmInventoryTest extends ScmProviderTests {

  private Uni<Answer<Inventory>> list(@Nullable String cursor) {
    return provider.list(cursor, context());
  }

  /** A page of the vendor's list: certificates of these numbers, out of so many. */
  private static Reply page(String status, int from, int to, int total) {
    String lines =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    "{\"id\":\"scs%013d\",\"domain\":\"d%d.example.com\",\"status\":\"%s\"}"
                        .formatted(i, i, status))
            .collect(Collectors.joining(","));
    return Reply.of(200, "{\"certificates\":[" + lines + "],\"total_count\":" + total + "}");
  }

  private static Reply none() {
    return Reply.of(200, "{\"certificates\":[],\"total_count\":0}");
  }

  private void noneInAnyStatus() {
    for (String status :
        List.of(
            "ISSUED",
            "UPLOAD",
            "CHECKING",
            "CHECKING_ORG",
            "ISSUING",
            "SUPPLEMENTCHECKING",
            "CANCELSUPPLEMENTING",
            "CANCELCHECKING",
            "UNPASSED",
            "REVOKING",
            "REVOKED",
            "EXPIRED",
            "PAID")) {
      vendor.on("list " + status, none());
    }
  }

  /** Everything from the first page to the last. */
  private List<Inventory> all() {
    List<Inventory> pages = new ArrayList<>();
    String cursor = null;
    do {
      Inventory page = value(list(cursor));
      pages.add(page);
      cursor = page.next();
    } while (cursor != null);
    return pages;
  }

  @Test
  void listsASmallAccountAtOnce() {
    vendor.on(
        "list ALL",
        Reply.of(
            200,
            """
            {"certificates": [
              {"id": "scs0000000000009", "domain": "a.example.com", "sans": "b.example.com;c.example.com",
               "expire_time": "2027-11-21 00:00:00.0", "status": "ISSUED"},
              {"id": "scs0000000000008", "domain": null, "status": "PAID"},
              {"id": "scs0000000000007", "domain": "d.example.com", "status": "CANCELCHECKING"},
              {"id": "scs0000000000006", "domain": "e.example.com", "status": "UPLOAD"}
            ], "total_count": 4}\
            """));

    Inventory inventory = value(list(null));

    assertThat(inventory.next()).isNull();
    assertThat(inventory.note()).isNull();
    assertThat(inventory.items())
        .extracting(Inventory.Item::uploaded)
        .containsExactly(false, false, false, true);
    Inventory.Item issued = inventory.items().getFirst();
    assertThat(issued.names()).containsExactly("a.example.com", "b.example.com", "c.example.com");
    assertThat(issued.reference()).isEqualTo(Reference.of("certificateId", "scs0000000000009"));
    assertThat(issued.facts().notAfter()).isEqualTo(Instant.parse("2027-11-21T00:00:00Z"));
    assertThat(inventory.items())
        .extracting(Inventory.Item::phase)
        .containsExactly(Phase.ISSUED, Phase.PENDING_INFORMATION, Phase.UNKNOWN, Phase.ISSUED);
  }

  @Test
  void aRenewalAsksForAllNamesOfAMultiDomainCertificate() {
    vendor.on(
        "list ALL",
        Reply.of(
            200,
            """
            {"certificates": [
              {"id": "scs0000000000001", "domain": "a.example.com", "status": "ISSUED",
               "sans": "b.example.com;*.c.example.com", "domain_type": "MULTI_DOMAIN"},
              {"id": "scs0000000000002", "domain": "up.example.com", "status": "UPLOAD",
               "sans": "too.example.com", "domain_type": "SINGLE_DOMAIN"},
              {"id": "scs0000000000003", "domain": "www.example.com", "status": "ISSUED",
               "sans": "example.com", "domain_type": "SINGLE_DOMAIN"},
              {"id": "scs0000000000004", "domain": "one.example.com", "status": "ISSUED",
               "sans": null, "domain_type": "MULTI_DOMAIN"}
            ], "total_count": 4}\
            """));

    assertThat(value(list(null)).items())
        .extracting(Inventory.Item::options)
        .containsExactly(
            Map.of("alternativeNames", "b.example.com,*.c.example.com"),
            Map.of("alternativeNames", "too.example.com"),
            Map.of(),
            Map.of());
  }

  @Test
  void listsALargeAccountStatusByStatus() {
    noneInAnyStatus();
    vendor
        .on(
            "list ALL",
            page("ISSUED", 0, 50, 170),
            page("ISSUED", 50, 100, 170),
            page("ISSUED", 100, 150, 170))
        .on(
            "list ISSUED",
            page("ISSUED", 0, 50, 120),
            page("ISSUED", 50, 100, 120),
            page("ISSUED", 100, 120, 120))
        .on("list EXPIRED", page("EXPIRED", 120, 170, 50));

    List<Inventory> pages = all();

    assertThat(pages.stream().flatMap(page -> page.items().stream()))
        .extracting(item -> item.reference().id("certificateId"))
        .hasSize(170)
        .doesNotHaveDuplicates();
    assertThat(pages).extracting(Inventory::note).containsOnlyNulls();
  }

  @Test
  void readsAFullStatusInOtherOrdersToo() {
    noneInAnyStatus();
    vendor
        .on("list ALL", page("ISSUED", 0, 50, 200))
        .on(
            "list ISSUED",
            page("ISSUED", 0, 50, 200),
            page("ISSUED", 50, 100, 200),
            page("ISSUED", 100, 150, 200),
            page("ISSUED", 150, 200, 200));

    Inventory first = value(list(null));

    assertThat(first.items()).hasSize(200);
    assertThat(first.next()).isEqualTo("UPLOAD:200:200");
    List<Received> issued = vendor.received("list ISSUED");
    assertThat(issued).hasSizeGreaterThan(3);
    assertThat(issued.get(0).query()).contains("sort_key=certUpdateTime", "sort_dir=DESC");
    assertThat(issued.get(3).query())
        .contains("sort_key=certUpdateTime", "sort_dir=ASC", "offset=0");
    assertThat(issued)
        .allSatisfy(
            request ->
                assertThat(
                        Integer.parseInt(request.query().replaceFirst(".*offset=(\\d+).*", "$1")))
                    .isLessThanOrEqualTo(100));
  }

  @Test
  void saysWhatItCouldNotList() {
    noneInAnyStatus();
    vendor.on("list ALL", page("ISSUED", 0, 50, 900)).on("list ISSUED", page("ISSUED", 0, 50, 900));

    List<Inventory> pages = all();

    assertThat(pages.getLast().note()).contains("900 certificates", "only 50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "ISSUED", "NEVER:1:2", "ISSUED:-1:2", "ISSUED:1:2:3"})
  void refusesCursorsThatAreNone(String cursor) {
    assertThat(refused(list(cursor)).code()).isEqualTo("Cursor.Invalid");
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void givesNoPartOfAPage() {
    noneInAnyStatus();
    vendor
        .on("list ALL", page("ISSUED", 0, 50, 200))
        .on(
            "list ISSUED",
            page("ISSUED", 0, 50, 200),
            Reply.of(401, "{\"error_code\":\"APIGW.0301\"}"));

    assertThat(refused(list(null)).code()).isEqualTo("APIGW.0301");
  }
}
