package dev.polycert.vendor.tencent.dnspod;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * CreateRecord: input parameters.
 *
 * @param recordLine required, although the id takes precedence over it
 * @param ttl seconds
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record CreateRecordRequest(
    String domain,
    String subDomain,
    String recordType,
    String recordLine,
    String recordLineId,
    String value,
    @JsonProperty("TTL") int ttl) {}
