package dev.polycert.vendor.tencent.edgeone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Zone;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneChoiceTest {
  private static final DomainName DOMAIN = DomainName.parse("www.shop.example.com");

  private static Zone zone(String id, String name, String type) {
    return new Zone(id, name, null, type, "active", false);
  }

  private static String refusal(List<Zone> zones) {
    return ((Answer.Failed<Zone>) ZoneChoice.choose(zones, DOMAIN, "r"))
        .failure()
        .error()
        .message();
  }

  @Test
  void asksForEveryNameThatASiteMayHave() {
    assertThat(ZoneChoice.names(DOMAIN))
        .containsExactly("www.shop.example.com", "shop.example.com", "example.com");
    assertThat(ZoneChoice.names(DomainName.parse("*.example.com"))).containsExactly("example.com");
    assertThat(ZoneChoice.names(DomainName.parse("a.".repeat(40) + "example.com")))
        .hasSize(20)
        .contains("example.com");
  }

  @Test
  void theLongestNameWins() {
    assertThat(
            ZoneChoice.choose(
                List.of(
                    zone("z1", "example.com", "partial"),
                    zone("z2", "shop.example.com", "partial"),
                    zone("z3", "hop.example.com", "partial"),
                    zone("z4", "example.org", "partial")),
                DOMAIN,
                "r"))
        .isEqualTo(new Answer.Success<>(zone("z2", "shop.example.com", "partial"), "r"));
  }

  @Test
  void aSiteIsFoundInAnySpellingAndItsLengthIsThatOfTheAsciiName() {
    DomainName name = DomainName.parse("www.bücher.example");
    assertThat(
            ZoneChoice.choose(
                List.of(zone("z1", "bücher.example", "partial"), zone("z2", "example", "partial")),
                name,
                "r"))
        .isEqualTo(new Answer.Success<>(zone("z1", "bücher.example", "partial"), "r"));
    assertThat(new EdgeOneApi.FreeCertificate("*.Bücher.example", null, Instant.EPOCH).covers(name))
        .isTrue();
  }

  @Test
  void ofSitesWithTheSameNameTheUsableOneIsTaken() {
    assertThat(
            ZoneChoice.choose(
                List.of(
                    zone("z1", "example.com", "full"),
                    zone("z2", "example.com", "partial"),
                    new Zone("z3", "example.com", "other", "partial", "active", true)),
                DOMAIN,
                "r"))
        .isEqualTo(new Answer.Success<>(zone("z2", "example.com", "partial"), "r"));
  }

  @Test
  void severalUsableSitesHaveToBeToldApart() {
    assertThat(
            refusal(
                List.of(
                    zone("z1", "example.com", "partial"),
                    new Zone("z2", "example.com", "b", "partial", "active", false))))
        .contains("zoneId", "z1 (example.com)", "z2 (example.com, alias b)");
  }

  @Test
  void anUnusableSiteIsRefusedWithItsReason() {
    assertThat(refusal(List.of(zone("z1", "example.com", "full"))))
        .contains("z1 (example.com)", "full", "CNAME access", "eofreecert");
    assertThat(refusal(List.of(new Zone("z1", "example.com", "", "partial", "active", true))))
        .contains("paused");
    assertThat(refusal(List.of(new Zone("z1", "example.com", "", "partial", "deactivated", false))))
        .contains("deactivated");
  }

  @Test
  void noSiteIsRefusedWithTheDomainsName() {
    assertThat(refusal(List.of())).contains("www.shop.example.com", "zoneId");
  }
}
