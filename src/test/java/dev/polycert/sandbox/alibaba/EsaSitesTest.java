package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EsaSitesTest {
  private final EsaCalls calls = new EsaCalls();

  private JsonNode list(Map<String, ?> parameters) {
    return calls.ok("ListSites", parameters);
  }

  private static List<String> names(JsonNode answer) {
    return answer.get("Sites").findValuesAsText("SiteName");
  }

  @Test
  void givesIdsThatADoubleCannotHold() {
    var id = list(Map.of("SiteName", "example.com")).get("Sites").get(0).get("SiteId");
    assertThat(id.isIntegralNumber()).isTrue();
    assertThat(id.asLong()).isGreaterThan(1L << 53);
  }

  @Test
  void hasNoSiteBelowARegistrableDomainNorForOthersDomains() {
    calls.world.owned("example.com");
    assertThat(names(list(Map.of("SiteName", "www.example.com")))).isEmpty();
    assertThat(names(list(Map.of("SiteName", "example.org")))).isEmpty();
    assertThat(names(list(Map.of("SiteName", "example.com")))).containsExactly("example.com");
  }

  @Test
  void searchesInFourWays() {
    calls.site("shop.com");
    calls.site("workshop.com");
    calls.site("shop.cn");
    assertThat(names(list(Map.of("SiteName", "shop", "SiteSearchType", "prefix"))))
        .containsExactly("shop.com", "shop.cn");
    assertThat(names(list(Map.of("SiteName", "shop.com", "SiteSearchType", "suffix"))))
        .containsExactly("shop.com", "workshop.com");
    assertThat(names(list(Map.of("SiteName", "ksho", "SiteSearchType", "fuzzy"))))
        .containsExactly("workshop.com");
    assertThat(names(list(Map.of("SiteName", "shop.com")))).containsExactly("shop.com");
    assertThat(calls.refusal("ListSites", Map.of("SiteSearchType", "regex")))
        .isEqualTo("400 InvalidSiteSearchType");
  }

  @Test
  void pages() {
    calls.site("a.com");
    calls.site("b.com");
    calls.site("c.com");
    var second = list(Map.of("PageNumber", 2, "PageSize", 2));
    assertThat(names(second)).containsExactly("c.com");
    assertThat(second.get("TotalCount").asInt()).isEqualTo(3);
    assertThat(calls.refusal("ListSites", Map.of("PageSize", 501)))
        .isEqualTo("400 InvalidPageSize");
    assertThat(calls.refusal("ListSites", Map.of("PageNumber", 0)))
        .isEqualTo("400 InvalidPageNumber");
  }

  @Test
  void filtersByStatusAndAccess() {
    calls.site("a.com");
    control("{\"name\":\"b.com\",\"access\":\"NS\",\"active\":false}");
    assertThat(names(list(Map.of("Status", "pending")))).containsExactly("b.com");
    assertThat(names(list(Map.of("AccessType", "CNAME")))).containsExactly("a.com");
  }

  @Test
  void activatesAnNsSiteByItsNameServers() {
    control("{\"name\":\"example.com\",\"access\":\"NS\",\"active\":false}");
    var site = list(Map.of("SiteName", "example.com")).get("Sites").get(0);
    for (var server : site.get("NameServerList").asText().split(",")) {
      calls.world.addDns("example.com", "NS", server);
    }
    var verified = calls.ok("VerifySite", Map.of("SiteId", site.get("SiteId").asLong()));
    assertThat(verified.get("Passed").asBoolean()).isTrue();
  }

  @Test
  void refusesSitesThatItDoesNotKnow() {
    assertThat(calls.refusal("GetSite", Map.of())).isEqualTo("400 MissingSiteId");
    assertThat(calls.refusal("GetSite", Map.of("SiteId", 1234567890123L)))
        .isEqualTo("400 SiteNotFound");
    assertThat(calls.refusal("GetSite", Map.of("SiteId", "9.1e15"))).isEqualTo("400 InvalidSiteId");
  }

  @Test
  void forgetsTheSitesAtAReset() {
    calls.site("example.com");
    calls.world.reset();
    assertThat(names(list(Map.of()))).isEmpty();
  }

  private void control(String body) {
    EsaControlTest.control(calls.emulator, "site", body);
  }
}
