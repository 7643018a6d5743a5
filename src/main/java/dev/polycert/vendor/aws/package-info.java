/** What calls of AWS share: credentials, the signature of version 4, answers in XML. */
@NullMarked
package dev.polycert.vendor.aws;

import org.jspecify.annotations.NullMarked;
