/** Says what a deliverer is: it brings an issued certificate to its place of use. */
@NullMarked
package dev.polycert.deliver;

import org.jspecify.annotations.NullMarked;
