/** The HTTP server of one process: for local development, a virtual machine, a container. */
@NullMarked
package dev.polycert.server;

import org.jspecify.annotations.NullMarked;
