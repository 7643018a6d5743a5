package dev.polycert.vendor.tencent.edgeone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.DnsVerification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsDelegationTest {

  @ParameterizedTest
  @CsvSource({
    "www.example.com, _acme-challenge, x.edgeone.com",
    "www.example.com, x.edgeone.com, _acme-challenge",
    "www.example.com, _acme-challenge.www, x.edgeone.com",
    "www.example.com, x.edgeone.com, _acme-challenge.www",
    "www.example.com, _acme-challenge.www.example.com, x.edgeone.com",
    "www.example.com, x.edgeone.com, _acme-challenge.www.example.com.",
    "*.www.example.com, x.edgeone.com, _acme-challenge",
  })
  void theNameIsTheSideOfTheChallenge(String domain, String subdomain, String value) {
    Validation validation =
        DnsDelegation.validation(
            DomainName.parse(domain), new DnsVerification(subdomain, "CNAME", value));
    assertThat(validation.recordName()).isEqualTo("_acme-challenge.www.example.com");
    assertThat(validation.recordType()).isEqualTo("CNAME");
    assertThat(validation.recordValue()).isEqualTo("x.edgeone.com");
  }

  @Test
  void whatWasPutRightIsShownAsItWasTold() {
    DomainName domain = DomainName.parse("www.example.com");
    assertThat(
            DnsDelegation.validation(
                    domain, new DnsVerification("x.edgeone.com", "CNAME", "_acme-challenge"))
                .note())
        .contains("Subdomain x.edgeone.com")
        .contains("RecordValue _acme-challenge");
    assertThat(
            DnsDelegation.validation(
                    domain, new DnsVerification("_acme-challenge", "CNAME", "x.edgeone.com"))
                .note())
        .isNull();
  }

  @Test
  void aRecordOfAnotherFormIsLeftAsItIs() {
    Validation validation =
        DnsDelegation.validation(
            DomainName.parse("www.example.com"),
            new DnsVerification("edgeonereclaim.example.com", "TXT", "token"));
    assertThat(validation)
        .isEqualTo(Validation.dns("www.example.com", "edgeonereclaim.example.com", "TXT", "token"));
  }
}
