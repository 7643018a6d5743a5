package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * ApplyFreeCertificate: input parameters.
 *
 * @param verificationMethod {@code dns_challenge} or {@code http_challenge}
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApplyFreeCertificateRequest(String zoneId, String domain, String verificationMethod) {}
