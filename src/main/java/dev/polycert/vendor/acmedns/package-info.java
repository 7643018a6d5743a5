/** The DNS server acme-dns, which holds nothing but validations of ACME. */
@NullMarked
package dev.polycert.vendor.acmedns;

import org.jspecify.annotations.NullMarked;
