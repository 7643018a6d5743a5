package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** CheckCertificateDomainVerification: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DomainVerificationAnswer(List<DomainVerification> verificationResults) {

  DomainVerificationAnswer {
    verificationResults = verificationResults == null ? List.of() : verificationResults;
  }
}
