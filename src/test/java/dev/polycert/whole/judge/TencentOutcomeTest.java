package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DvAuths;
import com.tencentcloudapi.teo.v20220901.TeoClient;
import com.tencentcloudapi.teo.v20220901.models.ApplyFreeCertificateRequest;
import com.tencentcloudapi.teo.v20220901.models.CheckFreeCertificateVerificationRequest;
import com.tencentcloudapi.teo.v20220901.models.DnsVerification;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.tencent.edgeone.EdgeOneProvider;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the same state of the sandbox our providers report what Tencent Cloud's own SDK reports. */
@QuarkusTest
class TencentOutcomeTest extends OutcomeTests {
  private static final Information INFORMATION =
      new Information(
          new Organization("Example", "IT", "CN", "广东省", "深圳市", "1号", null, "0755", "0000"),
          new Person(null, "A", "B", "10000000000", "admin@example.com", "dev"),
          new Person(null, "A", "B", "10000000000", "admin@example.com", "dev"),
          null,
          null);

  @Inject TencentSslProvider sslProvider;
  @Inject EdgeOneProvider edgeOneProvider;

  private SslClient ssl;
  private TeoClient edgeOne;

  @Override
  void connect() {
    ssl = TencentSdk.ssl(sandbox.authority(), TencentSdk.keys());
    edgeOne = TencentSdk.edgeOne(sandbox.authority(), TencentSdk.keys());
  }

  @Test
  void whatWeApplyForIsWhatTheSdkSees() throws Exception {
    Steps steps = new Steps(sslProvider);
    Application planned =
        steps.planned(Steps.application("www.example.com", Map.of("alias", "demo")));
    Reference reference = steps.place(planned).reference();
    DescribeCertificateResponse seen = describe(reference.id("certificateId"));
    assertThat(seen.getDomain()).isEqualTo("www.example.com");
    assertThat(seen.getAlias()).isEqualTo("demo");
    assertThat(seen.getVerifyType()).isEqualTo("DNS");

    Progress pending = (Progress) steps.check(Steps.with(planned, reference));
    assertSame(pending, describe(reference.id("certificateId")));
    sandbox.publish(pending.validations());
    Progress issued = (Progress) steps.check(Steps.with(planned, reference));
    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertSame(issued, describe(reference.id("certificateId")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PENDING_VALIDATION",
    "2, FAILED",
    "3, EXPIRED",
    "4, PENDING_VALIDATION",
    "5, PENDING_INFORMATION",
    "7, CANCELLED",
    "8, PENDING_INFORMATION",
    "10, REVOKED",
    "14, CANCELLED",
    "15, UNKNOWN",
    "99, UNKNOWN"
  })
  void everyStatusOfTheVendorIsAPhase(int status, Phase phase) throws Exception {
    String id = applied("www.example.com");
    sandbox.control(
        "POST",
        "tencent-ssl/status",
        "{\"certificateId\":\"%s\",\"status\":%d}".formatted(id, status));
    Progress told = (Progress) new Steps(sslProvider).check(named(id));
    assertThat(describe(id).getStatus()).isEqualTo(status);
    assertThat(told.phase()).isEqualTo(phase);
    assertThat(told.vendorStatus()).startsWith(Integer.toString(status));
    assertSame(told, describe(id));
  }

  @Test
  void whatTheSdkAppliedForIsFoundAndAdopted() throws Exception {
    String id = applied("www.example.com");
    Steps steps = new Steps(sslProvider);
    Application application = Steps.application("www.example.com", Map.of());
    // The list that both are found in says nothing of what is to be published.
    Progress adopted = ((Preparation.Existing) steps.prepare(application)).progress();
    assertThat(adopted.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(adopted.reference()).isEqualTo(Reference.of("certificateId", id));
    assertThat(((Progress) steps.find(application)).reference()).isEqualTo(adopted.reference());
    assertSame((Progress) steps.check(Steps.with(application, adopted.reference())), describe(id));
    assertThat(steps.find(Steps.application("other.example.com", Map.of())))
        .isInstanceOf(Failure.Absent.class);
  }

  @Test
  void theInformationThatWeSubmitIsWhatTheSdkSees() throws Exception {
    String id =
        sandbox
            .control("POST", "tencent-ssl/paid", "{\"domain\":\"*.example.com\"}")
            .get("certificateId")
            .asText();
    Application bought =
        Steps.with(
            Steps.application("*.example.com", Map.of(), INFORMATION),
            Reference.of("certificateId", id));
    assertThat(describe(id).getStatus()).isEqualTo(5);
    Progress submitted = new Steps(sslProvider).submit(bought);
    DescribeCertificateResponse seen = describe(id);
    assertThat(submitted.vendorStatus()).isEqualTo(seen.getStatus().toString());
    assertThat(seen.getSubmittedData().getOrganizationCity()).isEqualTo("深圳市");
    assertThat(seen.getSubmittedData().getAdminEmail()).isEqualTo("admin@example.com");
    assertThat(seen.getSubmittedData().getVerifyType()).isEqualTo("DNS");
  }

  @Test
  void anUnknownCertificateIsAbsent() {
    DescribeCertificateRequest request = new DescribeCertificateRequest();
    request.setCertificateId("a1B2c3D4");
    assertThat(TencentSdk.refusal(() -> ssl.DescribeCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
    assertThat(new Steps(sslProvider).check(named("a1B2c3D4"))).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void edgeOneTellsBothOfUsTheSame() throws Exception {
    Steps steps = new Steps(edgeOneProvider);
    Application planned = steps.planned(Steps.application("www.example.com", Map.of()));
    Progress placed = steps.place(planned);
    String zone = placed.reference().id("zoneId");
    DnsVerification record = applyFree(zone);
    assertThat(placed.validations())
        .containsExactly(
            Validation.dns(
                "www.example.com",
                record.getSubdomain(),
                record.getRecordType(),
                record.getRecordValue()));

    CheckFreeCertificateVerificationRequest request = new CheckFreeCertificateVerificationRequest();
    request.setZoneId(zone);
    request.setDomain("www.example.com");
    String code =
        TencentSdk.refusal(() -> edgeOne.CheckFreeCertificateVerification(request)).getErrorCode();
    Application applied = Steps.with(planned, placed.reference());
    assertThat(steps.check(applied))
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              assertThat(refused.error().code()).isEqualTo(code);
              assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.PENDING);
            });

    sandbox.publish(placed.validations());
    Progress issued = (Progress) steps.check(applied);
    var seen = edgeOne.CheckFreeCertificateVerification(request);
    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().commonName()).isEqualTo(seen.getCommonName());
    assertThat(issued.certificate().notAfter()).isEqualTo(Instant.parse(seen.getExpireTime()));
  }

  private DnsVerification applyFree(String zone) throws Exception {
    ApplyFreeCertificateRequest request = new ApplyFreeCertificateRequest();
    request.setZoneId(zone);
    request.setDomain("www.example.com");
    request.setVerificationMethod("dns_challenge");
    return edgeOne.ApplyFreeCertificate(request).getDnsVerification();
  }

  private String applied(String domain) throws Exception {
    ApplyCertificateRequest request = new ApplyCertificateRequest();
    request.setDvAuthMethod("DNS");
    request.setDomainName(domain);
    return ssl.ApplyCertificate(request).getCertificateId();
  }

  private static Application named(String id) {
    return Steps.with(
        Steps.application("www.example.com", Map.of()), Reference.of("certificateId", id));
  }

  private DescribeCertificateResponse describe(String id) throws Exception {
    DescribeCertificateRequest request = new DescribeCertificateRequest();
    request.setCertificateId(id);
    return ssl.DescribeCertificate(request);
  }

  private static void assertSame(Progress ours, DescribeCertificateResponse theirs) {
    assertThat(ours.reference().id("certificateId")).isEqualTo(theirs.getCertificateId());
    DvAuths[] proofs =
        Objects.requireNonNullElse(theirs.getDvAuthDetail().getDvAuths(), new DvAuths[0]);
    List<Validation> expected =
        Arrays.stream(proofs)
            .map(
                proof ->
                    Validation.dns(
                        proof.getDvAuthDomain(),
                        proof.getDvAuthKey(),
                        proof.getDvAuthVerifyType(),
                        proof.getDvAuthValue()))
            .toList();
    assertThat(ours.validations()).isEqualTo(expected);
    if (ours.phase() == Phase.ISSUED) {
      assertThat(ours.certificate().commonName()).isEqualTo(theirs.getDomain());
      assertThat(ours.certificate().names()).containsExactly(theirs.getSubjectAltName());
      assertThat(ours.certificate().notBefore()).isEqualTo(time(theirs.getCertBeginTime()));
      assertThat(ours.certificate().notAfter()).isEqualTo(time(theirs.getCertEndTime()));
    }
  }

  private static Instant time(String beijing) {
    return LocalDateTime.parse(beijing, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
        .toInstant(ZoneOffset.ofHours(8));
  }
}
