package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** SubmitCertificateInformation: input parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SubmitInformationRequest(
    String certificateId,
    String csrType,
    @Nullable String csrContent,
    String certificateDomain,
    @Nullable String organizationName,
    @Nullable String organizationDivision,
    @Nullable String organizationAddress,
    @Nullable String organizationCountry,
    @Nullable String organizationCity,
    @Nullable String organizationRegion,
    @Nullable String postalCode,
    @Nullable String phoneAreaCode,
    @Nullable String phoneNumber,
    String verifyType,
    @Nullable String adminFirstName,
    @Nullable String adminLastName,
    @Nullable String adminPhoneNum,
    @Nullable String adminEmail,
    @Nullable String adminPosition,
    @Nullable String contactFirstName,
    @Nullable String contactLastName,
    @Nullable String contactEmail,
    @Nullable String contactNumber,
    @Nullable String contactPosition) {}
