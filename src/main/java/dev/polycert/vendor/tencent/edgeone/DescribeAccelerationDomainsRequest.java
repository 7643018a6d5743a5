package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DescribeAccelerationDomains: input parameters.
 *
 * @param filters null for all domains of the site
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DescribeAccelerationDomainsRequest(
    String zoneId, int offset, int limit, @Nullable List<DescribeZonesRequest.Filter> filters) {}
