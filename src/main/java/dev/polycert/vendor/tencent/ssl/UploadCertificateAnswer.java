package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * An answer of UploadCertificate.
 *
 * @param repeatCertId the certificate that was there already and that nothing was added to
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record UploadCertificateAnswer(@Nullable String certificateId, @Nullable String repeatCertId) {

  UploadCertificateAnswer {
    if (isBlank(certificateId) && isBlank(repeatCertId)) {
      throw new IllegalArgumentException("an upload without CertificateId");
    }
  }

  String id() {
    String id = isBlank(repeatCertId) ? certificateId : repeatCertId;
    return id == null ? "" : id;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
