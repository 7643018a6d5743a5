@NullMarked
package dev.polycert.notice;

import org.jspecify.annotations.NullMarked;
