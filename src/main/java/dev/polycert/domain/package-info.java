/** Domain names and what the public DNS and web say about them. Knows no provider and no order. */
@NullMarked
package dev.polycert.domain;

import org.jspecify.annotations.NullMarked;
