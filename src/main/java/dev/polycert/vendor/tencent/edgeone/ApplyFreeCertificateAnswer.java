package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ApplyFreeCertificate: output parameters, one or the other. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record ApplyFreeCertificateAnswer(
    @Nullable DnsVerification dnsVerification, @Nullable FileVerification fileVerification) {

  ApplyFreeCertificateAnswer {
    if (dnsVerification == null && fileVerification == null) {
      throw new IllegalArgumentException("neither DnsVerification nor FileVerification");
    }
  }

  /** A record to publish; see {@link DnsDelegation} for what is wrong with it. */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record DnsVerification(String subdomain, String recordType, String recordValue) {

    DnsVerification {
      Objects.requireNonNull(subdomain, "Subdomain");
      Objects.requireNonNull(recordType, "RecordType");
      Objects.requireNonNull(recordValue, "RecordValue");
    }
  }

  /** A file to publish, fetched over plain HTTP. */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record FileVerification(String path, String content) {

    FileVerification {
      Objects.requireNonNull(path, "Path");
      Objects.requireNonNull(content, "Content");
    }
  }
}
