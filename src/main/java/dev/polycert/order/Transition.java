package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.log.LogSubject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded transition of an order, as it is logged and reported to listeners.
 *
 * @param version of the order after it
 * @param from the state before, perhaps the same; null for a new order
 * @param requestId the vendor's id of the call behind it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Transition(
    OrderId order,
    long version,
    Instant at,
    String provider,
    String account,
    String domain,
    @Nullable String label,
    @Nullable OrderState from,
    OrderState to,
    String why,
    @Nullable String requestId)
    implements LogSubject {

  /** The transition that an order's record is the result of. */
  public static Transition of(
      @Nullable OrderState from, Order order, String why, @Nullable String requestId) {
    return new Transition(
        order.id(),
        order.version(),
        order.updatedAt(),
        order.provider(),
        order.account(),
        order.domain().ascii(),
        order.identity().label(),
        from,
        order.state(),
        why,
        requestId);
  }

  /** The same, with the reason cut to that many characters, and never inside of one. */
  public Transition cut(int most) {
    if (why.length() <= most) {
      return this;
    }
    int end = most > 0 && Character.isHighSurrogate(why.charAt(most - 1)) ? most - 1 : most;
    return new Transition(
        order,
        version,
        at,
        provider,
        account,
        domain,
        label,
        from,
        to,
        why.substring(0, end) + "…",
        requestId);
  }

  @Override
  public Map<String, String> logMembers() {
    Map<String, String> members = new LinkedHashMap<>(order.logMembers());
    members.put("provider", provider);
    members.put("domain", domain);
    if (label != null) {
      members.put("label", label);
    }
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
    return "%s of %s%s at %s: %s%s (%s)"
        .formatted(
            order,
            domain,
            label == null ? "" : " (" + label + ")",
            provider,
            from == null ? "" : from + " -> ",
            to,
            why);
  }
}
