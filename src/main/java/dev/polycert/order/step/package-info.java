/**
 * Takes one order one step, and keeps the law: intent record, call, result record. Used by the use
 * cases alone.
 *
 * <p>In one direction: {@code Renewer} and {@code Steps} decide which step is due; {@code Placer},
 * {@code Checker}, {@code Canceller}, {@code Publisher} and {@code Courier} take it; {@code
 * Results} and {@code Lifetime} decide what its result does to the order; {@code Step} records it;
 * {@code Pace} and {@code CertificateTimes} know the times.
 */
@NullMarked
package dev.polycert.order.step;

import org.jspecify.annotations.NullMarked;
