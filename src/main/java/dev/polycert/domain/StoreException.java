package dev.polycert.domain;

import org.jspecify.annotations.Nullable;

/**
 * The store of orders did not do what was asked, so that the request may be repeated later. The
 * message says why, and what would be right, for callers that are let in.
 */
public abstract class StoreException extends RuntimeException {
  protected StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
