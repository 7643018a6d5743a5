package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.provider.contract.ErrorTableTest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TencentSslErrorsTest extends ErrorTableTest {

  TencentSslErrorsTest() {
    super("tencent-ssl", Map.of("apply", TencentSslErrors.table()));
  }

  /** The codes of updates and deployments. */
  @ParameterizedTest
  @CsvSource({
    "PENDING, CertificateDeployHasPendingRecord",
    "RETRY, CertificateHostResourceInstanceHugeLimit",
    "NEEDS_USER, CertificateHostResourceInnerInterrupt",
    "NEEDS_USER, RoleNotFoundAuthorization",
    "QUOTA, CertificateHostingTypeNumberLimit",
    "FINAL, CertificateDeployInstanceEmpty",
    "FINAL, CertificateHostDeployCanNotAllow",
    "FINAL, CertificateHostResourceTypeInvalid",
    "FINAL, CertificateNotDeployInstance",
    "FINAL, CertificateDeployInstanceFormatError",
    "FINAL, CertificateDeployRetryStatusInvalid",
    "FINAL, CertificateDeployRollbackStatusInvalid",
    "FINAL, CertificateDeployDetailRollbackStatusInvalid",
    "FINAL, CertificateDeployNotExist",
    "FINAL, CertificateExists",
    "FINAL, CertificateHasRenewed",
    "FINAL, CertificateNotAvailable",
    "FINAL, BoundResources",
    "FINAL, DeleteResourceFailed"
  })
  void theCodesOfUpdatesAreListed(ErrorClass meaning, String code) {
    ErrorTable table = TencentSslErrors.table();
    assertThat(table.lists("FailedOperation." + code)).isTrue();
    assertThat(table.classOf("FailedOperation." + code)).isEqualTo(meaning);
  }
}
