/** The protocol of lego's provider {@code httpreq}, which gateways to DNS services speak. */
@NullMarked
package dev.polycert.vendor.httpreq;

import org.jspecify.annotations.NullMarked;
