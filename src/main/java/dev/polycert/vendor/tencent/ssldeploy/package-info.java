/** Brings certificates to Tencent Cloud SSL, and to the cloud resources that use them. */
@NullMarked
package dev.polycert.vendor.tencent.ssldeploy;

import org.jspecify.annotations.NullMarked;
