package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be published. Once a certificate is issued its members are null.
 *
 * @param dvAuths one for each domain; the members beside it repeat the first one, without its type
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DvAuthDetail(
    @Nullable String dvAuthKey,
    @Nullable String dvAuthValue,
    @Nullable String dvAuthDomain,
    @Nullable String dvAuthPath,
    List<DvAuth> dvAuths) {

  DvAuthDetail {
    dvAuths = dvAuths == null ? List.of() : dvAuths;
  }

  /** Whether there is anything to publish. */
  boolean told() {
    return !dvAuths.isEmpty() || (dvAuthValue != null && !dvAuthValue.isEmpty());
  }
}
