package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One recorded transition of an order.
 *
 * @param version the version of the order after the transition
 * @param from the state before; null for the first entry
 * @param why, in words
 * @param requestId the vendor's id of the call that caused it, where there was one
 * @param by the caller whose request led to it; null when no request did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryEntry(
    long version,
    Instant at,
    @Nullable OrderState from,
    OrderState to,
    String why,
    @Nullable String requestId,
    @Nullable String by) {}
