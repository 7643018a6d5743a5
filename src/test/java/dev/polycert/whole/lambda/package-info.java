/** The packaged functions, under the runtime client that runs them on AWS. */
@NullMarked
package dev.polycert.whole.lambda;

import org.jspecify.annotations.NullMarked;
