package dev.polycert.call;

import java.io.IOException;

/** Reads the answer of one operation out of a vendor's envelope. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Reads one answer.
   *
   * @return what was asked for, or the vendor's error as a refusal
   * @throws IOException when the bytes are not what the vendor's envelope looks like
   */
  Answer<T> decode(HttpAnswer answer) throws IOException;
}
