package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * DeleteCertificate: input parameters.
 *
 * @param isCheckResource true: the vendor looks first whether a cloud resource uses it, and deletes
 *     in a task of which it tells the id
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DeleteCertificateRequest(String certificateId, boolean isCheckResource) {}
