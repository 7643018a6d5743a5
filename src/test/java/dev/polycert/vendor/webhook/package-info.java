@NullMarked
package dev.polycert.vendor.webhook;

import org.jspecify.annotations.NullMarked;
