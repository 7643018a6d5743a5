/** What calls of AWS share: credentials, the signature of version 4, answers in XML. */
@NullMarked
package dev.polycert.provider.aws;

import org.jspecify.annotations.NullMarked;
