/** Volcano Engine's DNS, OpenAPI 2018-08-01. */
@NullMarked
package dev.polycert.vendor.volcengine;

import org.jspecify.annotations.NullMarked;
