@NullMarked
package dev.polycert.deliver.file;

import org.jspecify.annotations.NullMarked;
