package dev.polycert.deliver.file;

import java.io.IOException;

/** A target leads out of the base, by a link or by something else than a directory on its way. */
final class OutsideException extends IOException {
  OutsideException(String message) {
    super(message);
  }
}
