package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateResponse;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.huawei.scm.HuaweiScmProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the same state of the sandbox our provider reports what Huawei Cloud's own SDK reports. */
@QuarkusTest
class ScmOutcomeTest extends OutcomeTests {
  private static final Information APPLICANT =
      new Information(
          null,
          new Person("张三", null, null, "10000000000", "admin@example.com", null),
          null,
          null,
          true);

  @Inject HuaweiScmProvider provider;

  private ScmClient sdk;
  private Steps steps;

  @Override
  void connect() {
    sdk = ScmSdk.client(sandbox.authority(), Capture.SECRET);
    steps = new Steps(provider);
  }

  private static Application application(Map<String, String> options) {
    return Steps.application("www.example.com", options, APPLICANT);
  }

  @Test
  void whatWeApplyForIsWhatTheSdkSees() {
    sandbox.control("POST", "huawei-scm/stock", "{\"count\":5}");
    Application planned = steps.planned(application(Map.of()));
    assertThat(ScmSdk.list(sdk, "PAID", 50).getCertificates())
        .extracting(each -> each.getId())
        .contains(planned.requireReference().id("certificateId"));
    Reference reference = steps.place(planned).reference();
    ShowCertificateResponse applied = show(reference);
    assertThat(applied.getDomain()).isEqualTo("www.example.com");
    assertThat(applied.getApplicationInfo().getApplicantName()).isEqualTo("张三");
    assertThat(applied.getApplicationInfo().getApplicantEmail()).isEqualTo("admin@example.com");

    Progress pending = (Progress) steps.check(Steps.with(planned, reference));
    assertThat(pending.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertSame(pending, show(reference));
    sandbox.publish(pending.validations());
    Progress issued = (Progress) steps.check(Steps.with(planned, reference));
    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertSame(issued, show(reference));

    ScmSdk.delete(sdk, reference.id("certificateId"));
    assertThat(steps.check(Steps.with(planned, reference))).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void whatWeBuyIsWhatTheSdkSees() {
    sandbox.control("POST", "huawei-scm/stock", "{\"count\":0}");
    Application planned = steps.planned(application(Map.of("buy", "true")));
    Reference bought = steps.place(planned).reference();
    ShowCertificateResponse seen = show(bought);
    assertThat(seen.getStatus()).isEqualTo("PAID");
    assertThat(seen.getType()).isEqualTo("DV_SSL_CERT_BASIC");
    assertThat(seen.getDomainType()).isEqualTo("SINGLE_DOMAIN");
    assertThat(((Progress) steps.find(planned)).reference()).isEqualTo(bought);
  }

  @Test
  void whatTheSdkAppliedForIsAdoptedAndFails() {
    String id = ScmSdk.buy(sdk, 1).getCert().getFirst().getCertId();
    ScmSdk.apply(sdk, id, "www.example.com");
    Reference reference = Reference.of("certificateId", id);
    Progress adopted = ((Preparation.Existing) steps.prepare(application(Map.of()))).progress();
    assertSame(adopted, show(reference));

    sandbox.control("POST", "huawei-scm/fail", "{\"domain\":\"www.example.com\"}");
    Progress failed = (Progress) steps.check(Steps.with(application(Map.of()), reference));
    assertThat(show(reference).getStatus()).isEqualTo("UNPASSED");
    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.vendorStatus()).isEqualTo("UNPASSED");
  }

  private ShowCertificateResponse show(Reference reference) {
    return ScmSdk.show(sdk, reference.id("certificateId"));
  }

  private static void assertSame(Progress ours, ShowCertificateResponse theirs) {
    assertThat(ours.reference().id("certificateId")).isEqualTo(theirs.getId());
    if (ours.phase() == Phase.ISSUED) {
      assertThat(ours.vendorStatus()).isEqualTo(theirs.getStatus());
      assertThat(ours.certificate().commonName()).isEqualTo(theirs.getDomain());
      assertThat(ours.certificate().fingerprint()).isEqualTo(theirs.getFingerprint());
      assertThat(ours.certificate().notBefore()).isEqualTo(time(theirs.getNotBefore()));
      assertThat(ours.certificate().notAfter()).isEqualTo(time(theirs.getNotAfter()));
      return;
    }
    List<Validation> expected =
        theirs.getAuthentification().stream()
            .map(
                proof ->
                    Validation.dns(
                        proof.getDomain(),
                        proof.getRecordName(),
                        proof.getRecordType(),
                        proof.getRecordValue()))
            .toList();
    assertThat(ours.validations()).isEqualTo(expected);
  }

  private static Instant time(String utc) {
    return LocalDateTime.parse(utc, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.S"))
        .toInstant(ZoneOffset.UTC);
  }
}
