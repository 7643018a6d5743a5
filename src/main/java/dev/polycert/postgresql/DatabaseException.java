package dev.polycert.postgresql;

import dev.polycert.domain.StoreException;
import org.jspecify.annotations.Nullable;

/** The database did not do what was asked; the message says why, and what would be right. */
public final class DatabaseException extends StoreException {
  DatabaseException(String message) {
    this(message, null);
  }

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
