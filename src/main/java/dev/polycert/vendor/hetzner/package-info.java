/** Hetzner's DNS, Cloud API v1. */
@NullMarked
package dev.polycert.vendor.hetzner;

import org.jspecify.annotations.NullMarked;
