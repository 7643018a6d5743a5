/** Reads the command line of a process: it serves, or copies its orders to another store. */
@NullMarked
package dev.polycert.command;

import org.jspecify.annotations.NullMarked;
