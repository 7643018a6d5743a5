@NullMarked
package dev.polycert.provider.http;

import org.jspecify.annotations.NullMarked;
