/** DigitalOcean's DNS, API v2. */
@NullMarked
package dev.polycert.vendor.digitalocean;

import org.jspecify.annotations.NullMarked;
