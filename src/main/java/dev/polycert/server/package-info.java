/** The HTTP door for one-process use: local development, a virtual machine, a container. */
@NullMarked
package dev.polycert.server;

import org.jspecify.annotations.NullMarked;
