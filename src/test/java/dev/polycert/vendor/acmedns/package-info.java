@NullMarked
package dev.polycert.vendor.acmedns;

import org.jspecify.annotations.NullMarked;
