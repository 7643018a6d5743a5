/**
 * Huawei Cloud SSL Certificate Manager: certificates are bought first, then applied for by their
 * id. API v3, and v2's "complete" where an account still needs it.
 */
@NullMarked
package dev.polycert.vendor.huawei.scm;

import org.jspecify.annotations.NullMarked;
