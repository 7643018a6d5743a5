package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.vendor.alibaba.esa.EsaCertificates.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.alibaba.esa.EsaApi.Dcv;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EsaProgressTest {
  private static final Reference REFERENCE = EsaProgress.reference("42", "7");

  private static Progress progress(String domain, String status, boolean cnameAccess, Dcv... dcv) {
    Application application =
        Applications.forDomain(domain)
            .plan(cnameAccess ? Map.of("accessType", "CNAME") : Map.of())
            .application();
    return EsaProgress.of(
        application,
        REFERENCE,
        new Answer.Success<>(certificate("7", domain, status, "free", null, List.of(dcv)), "R-1"));
  }

  private static Dcv dcv(String status) {
    return new Dcv("DNS", "_acme-challenge.example.com", "text", status);
  }

  @ParameterizedTest
  @CsvSource({
    "Applying, APPLYING",
    "Issued, ISSUED",
    "OK, ISSUED",
    "Expiring, ISSUED",
    "Expired, EXPIRED",
    "ApplyFailed, FAILED",
    "Canceled, CANCELLED",
    "Daydreaming, UNKNOWN"
  })
  void mapsEveryStatusAndKeepsItsText(String status, Phase phase) {
    Progress progress = progress("www.example.com", status, false);

    assertThat(progress.phase()).isEqualTo(phase);
    assertThat(progress.vendorStatus()).isEqualTo(status);
    assertThat(progress.certificate() != null).isEqualTo(phase == Phase.ISSUED);
  }

  @ParameterizedTest
  @CsvSource({
    "pending, PENDING_VALIDATION",
    "Pending, PENDING_VALIDATION",
    "'', PENDING_VALIDATION",
    "valid, APPLYING"
  })
  void waitsForValidationWhileSomethingIsPending(String status, Phase phase) {
    assertThat(progress("www.example.com", "Applying", false, dcv(status)).phase())
        .isEqualTo(phase);
  }

  @Test
  void showsNothingToPublishOnceItIsIssued() {
    assertThat(progress("www.example.com", "OK", false, dcv("pending")).validations()).isEmpty();
  }

  @Test
  void validatesWildcardsAtTheNameBelow() {
    assertThat(progress("*.example.com", "Applying", false, dcv("pending")).validations())
        .containsExactly(
            Validation.dns("example.com", "_acme-challenge.example.com", "TXT", "text"));
  }

  @Test
  void addsHowToDelegateTheValidationOfACnameSite() {
    assertThat(progress("*.example.com", "Applying", true, dcv("pending")).validations())
        .extracting(Validation::note)
        .containsExactly(
            "To let ESA validate this and every renewal by itself, publish CNAME"
                + " _dnsauth.example.com -> example.com.42.dcv.aliyun-esa.com");
    assertThat(progress("*.example.com", "Applying", true).message())
        .contains("publish CNAME _dnsauth.example.com");
    assertThat(progress("www.example.com", "Applying", true).message()).isNull();
  }
}
