/** GoDaddy's DNS, Domains API v1. */
@NullMarked
package dev.polycert.vendor.godaddy;

import org.jspecify.annotations.NullMarked;
