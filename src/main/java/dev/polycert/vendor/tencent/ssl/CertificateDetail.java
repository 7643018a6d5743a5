package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The output of DescribeCertificateDetail that an export needs.
 *
 * @param certificatePublicKey the certificate and its chain in PEM; null before it is issued
 * @param certificatePrivateKey null when the applicant made it
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record CertificateDetail(
    String certificateId,
    @Nullable String certificatePublicKey,
    @Nullable PrivateKeyPem certificatePrivateKey) {

  CertificateDetail {
    Objects.requireNonNull(certificateId, "CertificateId");
  }
}
