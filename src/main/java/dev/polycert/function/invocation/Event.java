package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event, from EventBridge or in the CloudEvents 1.0 format.
 *
 * @param source the sender: {@code aws.route53}, {@code acs.actiontrail}, {@code
 *     dnspod.cloud.tencent}, {@code HC.DNS} …
 * @param type the CloudEvents type or EventBridge's {@code detail-type}
 * @param data the content: the CloudEvents data or EventBridge's {@code detail}
 */
public record Event(String source, String type, JsonNode data) {}
