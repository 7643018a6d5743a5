package dev.polycert.provider.http;

import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.VendorError;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one exchange with a vendor.
 *
 * @param signed the time by which the request was signed
 * @param date the answer's {@code Date}, where it has one
 * @param down whether it says that the vendor does not work: no answer, or a server's error
 */
record Got<T>(Decoder.Decoded<T> decoded, Instant signed, @Nullable Instant date, boolean down) {

  /** An HTTP answer. */
  static <T> Got<T> of(Response response, Decoder<T> decoder) {
    byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
    RawAnswer raw = new RawAnswer(response.getStatus(), response::getHeaderString, body);
    Decoder.Decoded<T> decoded = decode(raw, decoder);
    // Vendors answer with 500 what they do not want, too: then the code is listed as something
    // else.
    boolean retry = error(decoded).filter(e -> e.errorClass() == ErrorClass.RETRY).isPresent();
    return new Got<>(decoded, Instant.MIN, raw.date(), retry && raw.status() >= 500);
  }

  private static <T> Decoder.Decoded<T> decode(RawAnswer raw, Decoder<T> decoder) {
    try {
      return decoder.decode(raw);
    } catch (IOException malformed) {
      return new Decoder.Decoded.Error<>(TransportErrors.malformed(raw));
    }
  }

  /** An answer over another protocol. */
  static <T> Got<T> of(Decoder.Decoded<T> decoded) {
    return new Got<>(decoded, Instant.MIN, null, false);
  }

  /** No answer. */
  static <T> Got<T> nothing(Throwable failure) {
    VendorError error = TransportErrors.of(failure);
    return new Got<>(new Decoder.Decoded.Error<>(error), Instant.MIN, null, true);
  }

  Got<T> signedAt(Instant time) {
    return new Got<>(decoded, time, date, down);
  }

  Optional<VendorError> error() {
    return error(decoded);
  }

  private static Optional<VendorError> error(Decoder.Decoded<?> decoded) {
    return decoded instanceof Decoder.Decoded.Error<?>(VendorError error)
        ? Optional.of(error)
        : Optional.empty();
  }
}
