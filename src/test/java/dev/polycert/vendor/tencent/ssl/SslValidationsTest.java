package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentTesting;
import dev.polycert.vendor.tencent.ssl.SslCertificate.DvAuthDetail;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SslValidationsTest {

  private static List<Validation> read(String domain, String detail) throws IOException {
    return SslValidations.of(
        DomainName.parse(domain), TencentTesting.read(DvAuthDetail.class, detail));
  }

  @Test
  void takesTheTypeOfEachRecordFromItsEntryAlone() throws IOException {
    assertThat(
            read(
                "*.example.com",
                """
                {"DvAuthKey":"_dnsauth.example.com","DvAuthValue":"v1","DvAuthDomain":"*.example.com",
                 "DvAuths":[
                  {"DvAuthKey":"_dnsauth.example.com.","DvAuthValue":"v1","DvAuthDomain":"*.example.com",
                   "DvAuthVerifyType":"TXT"},
                  {"DvAuthKey":"_x.example.org","DvAuthValue":"a.b.example","DvAuthDomain":"example.org",
                   "DvAuthSubDomain":"_x","DvAuthVerifyType":"CNAME"}]}
                """))
        .containsExactly(
            Validation.dns("example.com", "_dnsauth.example.com", "TXT", "v1"),
            Validation.dns("example.org", "_x.example.org", "CNAME", "a.b.example"));
  }

  @Test
  void aFileHasAUrlAndContent() throws IOException {
    assertThat(
            read(
                "www.example.com",
                """
                {"DvAuths":[
                  {"DvAuthKey":"fileauth.txt","DvAuthValue":"content","DvAuthDomain":"www.example.com",
                   "DvAuthPath":"/.well-known/pki-validation/","DvAuthVerifyType":"FILE"},
                  {"DvAuthKey":"x","DvAuthValue":"content","DvAuthDomain":null,
                   "DvAuthPath":"/.well-known/pki-validation/fileauth.txt","DvAuthVerifyType":"FILE"}]}
                """))
        .extracting(Validation::method, Validation::url, Validation::content)
        .containsOnly(
            org.assertj.core.api.Assertions.tuple(
                ValidationMethod.FILE,
                "http://www.example.com/.well-known/pki-validation/fileauth.txt",
                "content"));
  }

  @Test
  void withoutEntriesTheTypeIsTheOneThatFitsAndThatIsSaid() throws IOException {
    List<Validation> txt =
        read(
            "www.example.com",
            "{\"DvAuthKey\":\"_dnsauth.www.example.com\",\"DvAuthValue\":\"2026abc\",\"DvAuthPath\":\"\"}");
    List<Validation> cname =
        read(
            "www.example.com",
            "{\"DvAuthKey\":\"_a1.www.example.com\",\"DvAuthValue\":\"b2.dcv.example\"}");
    assertThat(txt).singleElement().extracting(Validation::recordType).isEqualTo("TXT");
    assertThat(cname).singleElement().extracting(Validation::recordType).isEqualTo("CNAME");
    assertThat(txt.getFirst().note()).contains("did not name");
  }

  @Test
  void nothingToPublishIsNoValidation() throws IOException {
    assertThat(
            read(
                "www.example.com",
                "{\"DvAuthKey\":null,\"DvAuthValue\":null,\"DvAuthKeySubDomain\":\"\",\"DvAuths\":null}"))
        .isEmpty();
    assertThat(SslValidations.of(TencentTesting.DOMAIN, null)).isEmpty();
  }
}
