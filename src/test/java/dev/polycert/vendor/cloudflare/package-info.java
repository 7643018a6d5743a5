@NullMarked
package dev.polycert.vendor.cloudflare;

import org.jspecify.annotations.NullMarked;
