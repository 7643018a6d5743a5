/** Amazon Web Services, emulated. */
@NullMarked
package dev.polycert.sandbox.aws;

import org.jspecify.annotations.NullMarked;
