package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of EventBridge or in the CloudEvents 1.0 format.
 *
 * @param source who sent it: {@code aws.route53}, {@code acs.actiontrail}, {@code
 *     dnspod.cloud.tencent}, {@code HC.DNS} …
 * @param type the CloudEvents type or EventBridge's {@code detail-type}
 * @param data what it carries: the CloudEvents data or EventBridge's {@code detail}
 */
public record Event(String source, String type, JsonNode data) {}
