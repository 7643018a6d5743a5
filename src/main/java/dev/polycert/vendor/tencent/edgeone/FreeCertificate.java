package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CheckFreeCertificateVerification: output parameters, which there are only when it is issued.
 *
 * @param commonName the domain, or a wildcard that covers it
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record FreeCertificate(String commonName, @Nullable String signatureAlgorithm, Instant expireTime) {

  FreeCertificate {
    Objects.requireNonNull(commonName, "CommonName");
    Objects.requireNonNull(expireTime, "ExpireTime");
  }

  /**
   * Whether it serves the name. "If a wildcard domain has applied for a free certificate, its
   * subdomains use that one" (CheckFreeCertificateVerification, CommonName).
   */
  boolean covers(DomainName name) {
    if (commonName.equalsIgnoreCase(name.ascii())) {
      return true;
    }
    String parent = name.ascii().substring(name.ascii().indexOf('.') + 1);
    return !name.wildcard() && commonName.equalsIgnoreCase("*." + parent);
  }
}
