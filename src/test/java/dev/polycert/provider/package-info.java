@NullMarked
package dev.polycert.provider;

import org.jspecify.annotations.NullMarked;
