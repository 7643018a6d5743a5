package dev.polycert.vendor.alibaba.cas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Phase;
import dev.polycert.vendor.alibaba.cas.CasInstance.Proof;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances as the vendor's own samples show them. */
class CasInstanceTest {

  private static CasInstance shown(String fixture) throws IOException {
    return CasInstance.of(
            new ObjectMapper()
                .readTree(
                    Objects.requireNonNull(
                        CasInstanceTest.class.getResource(
                            "/alibabacloud/GetInstanceDetail." + fixture + ".json"))))
        .orElseThrow();
  }

  @Test
  void proofsAreNamedUnderTheirRootDomains() throws IOException {
    assertThat(shown("pending").proofs())
        .extracting(proof -> proof.isFile() ? proof.url() : proof.recordName())
        .containsExactly(
            "_dnsauth.www.example.com",
            "example.com",
            "http://shop.example.com/.well-known/pki-validation/fileauth.txt");
    assertThat(new Proof("a.example.com", "", "_dnsauth.a.example.com", "TXT", "v").recordName())
        .isEqualTo("_dnsauth.a.example.com");
    assertThat(new Proof("a.example.com", "", "/x/y.txt", "HTTP", "v").url())
        .isEqualTo("http://a.example.com/x/y.txt");
  }

  @Test
  void timesAreInSecondsOrMilliseconds() throws IOException {
    assertThat(shown("issued").notAfter()).isEqualTo(Instant.parse("2027-01-30T16:00:00Z"));
    assertThat(CasInstance.time("1801324800")).isEqualTo(CasInstance.time("1801324800000"));
    assertThat(CasInstance.time("soon")).isNull();
  }

  @Test
  void aStatusThatIsNewEndsNothing() {
    CasInstance shown =
        CasInstance.of(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("InstanceId", "cas_dv-cn-1")
                    .put("Status", "reviewing"))
            .orElseThrow();

    assertThat(CasInventory.phase(shown)).isEqualTo(Phase.UNKNOWN);
  }

  @Test
  void roomIsForNamesOfEitherKind() throws IOException {
    CasInstance one = shown("inactive");

    assertThat(one.certificateId()).isNull();
    assertThat(one.holds(Set.of(DomainName.parse("www.example.com")))).isTrue();
    assertThat(one.holds(Set.of(DomainName.parse("*.example.com")))).isFalse();
    assertThat(
            one.holds(Set.of(DomainName.parse("a.example.com"), DomainName.parse("b.example.com"))))
        .isFalse();
  }
}
