package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/** The output of ApplyCertificate, SubmitCertificateInformation and CompleteCertificate. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record CertificateIdAnswer(String certificateId) {

  CertificateIdAnswer {
    Objects.requireNonNull(certificateId, "CertificateId");
  }
}
