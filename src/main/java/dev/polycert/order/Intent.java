package dev.polycert.order;

import java.time.Instant;

/**
 * A write that is about to be made, or was made and has no result recorded yet.
 *
 * @param operation the vendor's operation
 * @param until when the one who recorded it can no longer be working on it; from then on anybody
 *     may look what became of it
 */
public record Intent(String operation, Instant at, Instant until) {}
