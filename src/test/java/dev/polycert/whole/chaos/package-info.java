/**
 * The law under faults: the whole application against emulated vendors that misbehave. Every run
 * says its seed; {@code -Dchaos.seed=…} repeats one, {@code -Psoak} runs the long versions.
 */
package dev.polycert.whole.chaos;
