@NullMarked
package dev.polycert.vendor.httpreq;

import org.jspecify.annotations.NullMarked;
