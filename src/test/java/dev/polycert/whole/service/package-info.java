/** The packaged artifact as one process: the runner, or the native executable. */
@NullMarked
package dev.polycert.whole.service;

import org.jspecify.annotations.NullMarked;
