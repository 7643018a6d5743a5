package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RevokeCertificate: output parameters.
 *
 * @param revokeDomainValidateAuths what has to be published before the CA revokes; mostly nothing
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record RevokeCertificateAnswer(List<Auth> revokeDomainValidateAuths) {

  RevokeCertificateAnswer {
    revokeDomainValidateAuths =
        revokeDomainValidateAuths == null ? List.of() : revokeDomainValidateAuths;
  }

  /** What has to be published for one domain. */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Auth(
      @Nullable String domainValidateAuthKey,
      @Nullable String domainValidateAuthValue,
      @Nullable String domainValidateAuthDomain,
      @Nullable String domainValidateAuthPath) {}

  /** The same in the form that applications have it in. */
  DvAuthDetail detail() {
    return new DvAuthDetail(
        null,
        null,
        null,
        null,
        revokeDomainValidateAuths.stream()
            .map(
                auth ->
                    new DvAuth(
                        auth.domainValidateAuthKey(),
                        auth.domainValidateAuthValue(),
                        auth.domainValidateAuthDomain(),
                        auth.domainValidateAuthPath(),
                        null))
            .toList());
  }
}
