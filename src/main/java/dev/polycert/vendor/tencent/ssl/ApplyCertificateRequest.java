package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** ApplyCertificate: input parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApplyCertificateRequest(
    String domainName,
    String dvAuthMethod,
    String csrEncryptAlgo,
    String csrKeyParameter,
    @Nullable String packageType,
    @Nullable String validityPeriod,
    @Nullable Integer projectId,
    @Nullable String alias,
    @Nullable String contactEmail,
    @Nullable String contactPhone,
    @Nullable String oldCertificateId,
    @Nullable Boolean deleteDnsAutoRecord) {}
