package dev.polycert.call;

import java.io.IOException;

/** Reads the answer of one operation out of a vendor's envelope. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Reads one answer.
   *
   * @return the value, or the vendor's error as a refusal
   * @throws IOException when the bytes do not have the form of the vendor's envelope
   */
  Answer<T> decode(HttpAnswer answer) throws IOException;
}
