package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * ModifyHostsCertificate: input parameters.
 *
 * @param mode {@code eofreecert_manual}: the certificate that ApplyFreeCertificate has made
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record ModifyHostsCertificateRequest(String zoneId, List<String> hosts, String mode) {}
