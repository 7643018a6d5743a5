/** Domain names, and what a look at the public DNS and web says. Knows no provider and no order. */
@NullMarked
package dev.polycert.domain;

import org.jspecify.annotations.NullMarked;
