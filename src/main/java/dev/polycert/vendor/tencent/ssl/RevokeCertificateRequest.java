package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** RevokeCertificate: input parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record RevokeCertificateRequest(String certificateId, String reason) {}
