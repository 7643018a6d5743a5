package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What has to be published for one domain.
 *
 * @param dvAuthKey the full name of the record
 * @param dvAuthPath the path of the URL, for files
 * @param dvAuthVerifyType {@code TXT}, {@code CNAME} or {@code FILE}: the only place that tells
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DvAuth(
    @Nullable String dvAuthKey,
    @Nullable String dvAuthValue,
    @Nullable String dvAuthDomain,
    @Nullable String dvAuthPath,
    @Nullable String dvAuthVerifyType) {}
