package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * DescribeCertificates: input parameters.
 *
 * @param searchKey matched anywhere in ids, aliases and domains; null for all
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DescribeCertificatesRequest(@Nullable String searchKey, int offset, int limit) {}
