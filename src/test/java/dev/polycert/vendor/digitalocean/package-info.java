@NullMarked
package dev.polycert.vendor.digitalocean;

import org.jspecify.annotations.NullMarked;
