package dev.polycert.vendor.tencent.dnspod;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * DescribeRecordList: input parameters.
 *
 * @param subdomain the host alone; spelled so here and with a capital D by CreateRecord
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DescribeRecordListRequest(String domain, String subdomain, String recordType, int limit) {}
