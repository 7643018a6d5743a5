/** Writes the log: as JSON, without secrets, and with an incident id for unexpected faults. */
@NullMarked
package dev.polycert.log;

import org.jspecify.annotations.NullMarked;
