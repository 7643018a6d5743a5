/** Delivery to machines over SSH: files by SFTP, then a command. */
@NullMarked
package dev.polycert.vendor.ssh;

import org.jspecify.annotations.NullMarked;
