package dev.polycert.call;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What came of one exchange with a vendor.
 *
 * @param signed the time by which the request was signed
 * @param date the answer's {@code Date}, where it has one
 * @param vendor what it tells of the vendor
 */
record Got<T>(Decoder.Decoded<T> decoded, Instant signed, @Nullable Instant date, Vendor vendor) {

  /** Whether a vendor works, by one exchange. */
  enum Vendor {
    /** It answered. */
    UP,
    /** No answer, or a server's error. */
    DOWN,
    /** The call ended by our own doing before it could tell. */
    UNKNOWN
  }

  /** A call that the end of its step cut off, with less time than a call may take. */
  static final class CutOffException extends TimeoutException {
    @Serial private static final long serialVersionUID = 1;
  }

  /** An HTTP answer. */
  static <T> Got<T> of(Response response, Decoder<T> decoder) {
    byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
    RawAnswer raw = new RawAnswer(response.getStatus(), response::getHeaderString, body);
    Decoder.Decoded<T> decoded = decode(raw, decoder);
    // Vendors answer with 500 what they do not want, too: then the code is listed as something
    // else.
    boolean retry = error(decoded).filter(e -> e.errorClass() == ErrorClass.RETRY).isPresent();
    Vendor vendor = retry && raw.status() >= 500 ? Vendor.DOWN : Vendor.UP;
    return new Got<>(decoded, Instant.MIN, raw.date(), vendor);
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
    return new Got<>(decoded, Instant.MIN, null, Vendor.UP);
  }

  /** No answer. */
  static <T> Got<T> nothing(Throwable failure) {
    VendorError error = TransportErrors.of(failure);
    Vendor vendor = failure instanceof CutOffException ? Vendor.UNKNOWN : Vendor.DOWN;
    return new Got<>(new Decoder.Decoded.Error<>(error), Instant.MIN, null, vendor);
  }

  Got<T> signedAt(Instant time) {
    return new Got<>(decoded, time, date, vendor);
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
