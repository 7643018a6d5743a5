package dev.polycert.call;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one vendor's envelope. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Reads one answer.
   *
   * @return the typed answer or the vendor's error
   * @throws IOException when the bytes are not what the vendor's envelope looks like
   */
  Decoded<T> decode(RawAnswer answer) throws IOException;

  /** Either a value or an error. */
  sealed interface Decoded<T> {
    record Value<T>(T value, @Nullable String requestId) implements Decoded<T> {}

    record Error<T>(VendorError error) implements Decoded<T> {}
  }
}
