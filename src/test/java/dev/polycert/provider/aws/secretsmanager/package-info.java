@NullMarked
package dev.polycert.provider.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
