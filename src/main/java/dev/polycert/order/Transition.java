package dev.polycert.order;

import dev.polycert.log.LogSubject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an order's state, as it is logged.
 *
 * @param from null for a new order
 * @param requestId the vendor's id of the call behind it
 */
public record Transition(
    OrderId order,
    String provider,
    String domain,
    @Nullable OrderState from,
    OrderState to,
    String why,
    @Nullable String requestId)
    implements LogSubject {

  @Override
  public Map<String, String> logMembers() {
    Map<String, String> members = new LinkedHashMap<>(order.logMembers());
    members.put("provider", provider);
    members.put("domain", domain);
    if (from != null) {
      members.put("from", from.name());
    }
    members.put("state", to.name());
    if (requestId != null) {
      members.put("vendorRequestId", requestId);
    }
    return members;
  }

  @Override
  public String toString() {
    return "%s of %s at %s: %s%s (%s)"
        .formatted(order, domain, provider, from == null ? "" : from + " -> ", to, why);
  }
}
