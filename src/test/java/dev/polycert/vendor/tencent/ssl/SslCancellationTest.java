package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.application;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How certificates end, what is read of them and how they are listed. */
@QuarkusTest
class SslCancellationTest extends SslSteps {
  private static final Application ORDER =
      with(application(ValidationMethod.DNS, Map.of()), REFERENCE, null, null);

  private WriteContext context() {
    return TencentTesting.context(intents);
  }

  /** An answer with these members. */
  private void told(String members) {
    vendor.thenJson(200, "{\"Response\":{" + members + ",\"RequestId\":\"req-1\"}}");
  }

  private void status(int status) {
    told(
        "\"CertificateId\":\"a9TsmZkL\",\"Domain\":\"www.example.com\",\"Status\":"
            + status
            + ",\"StatusMsg\":\"PENDING-DCV\"");
  }

  private Object cancel() {
    return done(provider().cancel(ORDER, context()));
  }

  private Object delete() {
    return done(provider().delete(ORDER, context()));
  }

  private static Phase phase(Object outcome) {
    return ((Progress) outcome).phase();
  }

  private static <T> Answer<T> result(Uni<Answer<T>> step) {
    return step.await().atMost(Duration.ofSeconds(20));
  }

  @Test
  void aReviewIsStoppedWhereTheOrderCannotBeCancelled() {
    status(0);
    answersError("FailedOperation.InvalidCertificateStatusCode");
    told("\"Result\":true");
    status(6);

    Object outcome = cancel();

    assertThat(phase(outcome)).isEqualTo(Phase.UNKNOWN);
    assertThat(actions())
        .containsExactly(
            "DescribeCertificate",
            "CancelCertificateOrder",
            "CancelAuditCertificate",
            "DescribeCertificate");
    assertThat(intents).containsExactly("CancelCertificateOrder", "CancelAuditCertificate");
  }

  @ParameterizedTest
  @CsvSource({"1, ISSUED", "6, UNKNOWN", "7, CANCELLED", "10, REVOKED"})
  void whatIsNotOpenIsNotCancelled(int status, Phase phase) {
    status(status);

    assertThat(phase(cancel())).isEqualTo(phase);
    assertThat(intents).isEmpty();
  }

  @Test
  void whatTheVendorDoesNotKnowIsAbsent() {
    answersError("FailedOperation.CertificateNotFound");
    answersError("FailedOperation.CertificateNotFound");

    assertThat(cancel()).isInstanceOf(Failure.Absent.class);
    assertThat(delete()).isInstanceOf(Failure.Absent.class);
    assertThat(intents).isEmpty();
  }

  @Test
  void aLostCancellationIsUnclear() {
    status(4);
    vendor.thenCut();

    assertThat(cancel()).isInstanceOf(Failure.Unclear.class);
  }

  @Test
  void deletingLetsTheVendorLookForUses() throws Exception {
    status(1);
    told("\"DeleteResult\":true,\"TaskId\":\"77\"");
    told("\"DeleteTaskResult\":[{\"TaskId\":\"77\",\"Status\":1}]");

    assertThat(delete()).isInstanceOf(Failure.Absent.class);
    assertThat(TencentTesting.JSON.readTree(vendor.seen().get(1).body()))
        .isEqualTo(
            TencentTesting.JSON.readTree(
                "{\"CertificateId\":\"a9TsmZkL\",\"IsCheckResource\":true}"));
    assertThat(intents).containsExactly("DeleteCertificate");
  }

  @ParameterizedTest
  @CsvSource({"2, FINAL, m", "3, CREDENTIALS, service role", "4, FINAL, uses it", "5, RETRY, long"})
  void whatIsOfUnknownUseIsNotDeleted(int status, ErrorClass errorClass, String message) {
    status(1);
    told("\"DeleteResult\":true,\"TaskId\":\"77\"");
    told(
        "\"DeleteTaskResult\":[{\"TaskId\":\"77\",\"Status\":%d,\"Error\":\"m\"}]"
            .formatted(status));

    assertThat(error(delete()).errorClass()).isEqualTo(errorClass);
    assertThat(actions()).hasSize(3);
  }

  @Test
  void aDeletionThatGoesOnIsNoEnd() {
    status(3);
    told("\"DeleteResult\":true,\"TaskId\":\"77\"");
    told("\"DeleteTaskResult\":null");
    told("\"DeleteTaskResult\":[{\"TaskId\":\"77\",\"Status\":0}]");
    told("\"DeleteTaskResult\":[{\"TaskId\":\"77\",\"Status\":1}]");

    assertThat(delete()).isInstanceOf(Failure.Absent.class);
    assertThat(actions()).hasSize(5);
  }

  @Test
  void aRevocationThatHasToBeConfirmedTellsWhatToPublish() {
    status(1);
    told(
        "\"RevokeDomainValidateAuths\":[{\"DomainValidateAuthKey\":\"_r.www.example.com\","
            + "\"DomainValidateAuthValue\":\"v\",\"DomainValidateAuthDomain\":\"www.example.com\"}]");

    Progress revoking =
        (Progress) done(provider().revoke(ORDER, RevocationReason.KEY_COMPROMISE, context()));

    assertThat(revoking.phase()).isEqualTo(Phase.UNKNOWN);
    assertThat(revoking.validations())
        .extracting(Validation::recordName)
        .containsExactly("_r.www.example.com");
    assertThat(vendor.seen().get(1).body()).contains("\"Reason\":\"KEY_COMPROMISE\"");
  }

  @ParameterizedTest
  @CsvSource({"9, UNKNOWN", "12, UNKNOWN", "10, REVOKED"})
  void whatIsBeingRevokedIsNotRevokedAgain(int status, Phase phase) {
    status(status);

    assertThat(phase(done(provider().revoke(ORDER, RevocationReason.UNSPECIFIED, context()))))
        .isEqualTo(phase);
    assertThat(intents).isEmpty();
  }

  @Test
  void aKeyThatWasNotAskedForIsNotTakenOver() {
    String pem = "-----BEGIN CERTIFICATE-----\\nAA\\n-----END CERTIFICATE-----\\n";
    told(
        "\"CertificateId\":\"a9TsmZkL\",\"CertificatePublicKey\":\"%s%s\","
                .formatted(pem, pem.replace("AA", "BB"))
            + "\"CertificatePrivateKey\":\"canary\"");

    Answer<CertificateBundle> exported = result(provider().export(ORDER, false, context()));

    assertThat(exported)
        .isEqualTo(
            new Answer.Success<>(
                new CertificateBundle(
                    pem.replace("\\n", "\n"), pem.replace("AA", "BB").replace("\\n", "\n"), null),
                "req-1"));
  }

  @Test
  void successWithoutACertificateIsAnError() {
    told("\"CertificateId\":\"a9TsmZkL\",\"CertificatePublicKey\":null");

    assertThat(result(provider().export(ORDER, true, context())))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().toString()).contains("Answer.Incomplete"));
  }

  @Test
  void theListGoesOnWhereItEnded() {
    told(
        """
        "TotalCount": 102, "Certificates": [
          {"CertificateId": "one", "Domain": "*.example.com", "Status": 1, "StatusName": "issued",
           "SubjectAltName": ["*.example.com", "example.com"],
           "CertBeginTime": "2026-10-01 08:00:00", "CertEndTime": "2026-12-30 08:00:00",
           "EncryptAlgorithm": "ECC prime256v1", "From": "trustasia"},
          {"CertificateId": "two", "Domain": "own.example.com", "Status": 1, "From": "upload"}]
        """);

    Answer<Inventory> page = result(provider().list("100", context()));

    assertThat(page)
        .isInstanceOfSatisfying(
            Answer.Success.class,
            value -> {
              Inventory inventory = (Inventory) value.value();
              assertThat(inventory.next()).isNull();
              Inventory.Item item = inventory.items().getFirst();
              assertThat(inventory.items()).hasSize(1);
              assertThat(item.domain()).isEqualTo("*.example.com");
              assertThat(item.names()).containsExactly("*.example.com", "example.com");
              assertThat(item.phase()).isEqualTo(Phase.ISSUED);
              assertThat(item.facts().notAfter()).isEqualTo("2026-12-30T00:00:00Z");
              assertThat(item.facts().keyAlgorithm()).isEqualTo("ECC prime256v1");
              assertThat(item.vendorStatus()).isEqualTo("1 issued");
            });
    assertThat(vendor.seen().getFirst().body()).isEqualTo("{\"Offset\":100,\"Limit\":100}");
  }

  @Test
  void aRenewalLosesTheNamesThatWereBought() {
    told(
        """
        "TotalCount": 3, "Certificates": [
          {"CertificateId": "free0001", "Domain": "example.com", "Status": 1, "PackageType": "83",
           "SubjectAltName": ["example.com", "www.example.com"]},
          {"CertificateId": "free0002", "Domain": "*.example.com", "Status": 1,
           "SubjectAltName": ["*.example.com", "example.com"]},
          {"CertificateId": "multi001", "Domain": "a.example.com", "Status": 1,
           "PackageType": "8", "SubjectAltName": ["a.example.com", "B.example.com"]}]
        """);

    assertThat(result(provider().list(null, context())))
        .isInstanceOfSatisfying(
            Answer.Success.class,
            page ->
                assertThat(((Inventory) page.value()).items())
                    .extracting(Inventory.Item::lost)
                    .containsExactly(List.of(), List.of(), List.of("B.example.com")));
  }
}
