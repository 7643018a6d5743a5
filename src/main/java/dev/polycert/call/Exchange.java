package dev.polycert.call;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of one try of a call, before the caller decides whether to try again.
 *
 * @param answer the answer; an error is a refusal
 * @param date the answer's {@code Date} (RFC 9110, section 6.6.1), where it has one
 * @param health what the exchange says about the service
 * @param untouched whether nothing took effect for certain, although the class of the error leaves
 *     doubt
 */
public record Exchange<T>(
    Answer<T> answer, @Nullable Instant date, Health health, boolean untouched) {

  /** What one exchange shows about the service's health. */
  public enum Health {
    /** It answered. */
    UP,
    /** It did not answer, or answered with a server error. */
    DOWN,
    /** We ended the exchange before the service could answer. */
    UNKNOWN,
    /** No request was made. */
    UNUSED
  }

  /** The step's deadline cut a call off that had less time than a call may take. */
  static final class CutOffException extends TimeoutException {
    @Serial private static final long serialVersionUID = 1;
  }

  /** An answer over another protocol than HTTP. */
  public static <T> Exchange<T> of(Answer<T> answer) {
    return new Exchange<>(answer, null, Health.UP, false);
  }

  static <T> Exchange<T> of(HttpAnswer http, Decoder<T> decoder) {
    Answer<T> answer = decode(http, decoder);
    // Some vendors refuse with status 500; the error table then gives the code another class.
    boolean retry = error(answer).filter(e -> e.errorClass() == ErrorClass.RETRY).isPresent();
    Health health = retry && http.status() >= 500 ? Health.DOWN : Health.UP;
    return new Exchange<>(answer, http.date(), health, false);
  }

  private static <T> Answer<T> decode(HttpAnswer http, Decoder<T> decoder) {
    try {
      return decoder.decode(http);
    } catch (IOException malformed) {
      return Answer.refused(TransportErrors.malformed(http));
    }
  }

  /** An exchange that ended without an answer. */
  static <T> Exchange<T> none(Throwable failure) {
    Health health = failure instanceof CutOffException ? Health.UNKNOWN : Health.DOWN;
    VendorError error = TransportErrors.of(failure);
    return new Exchange<>(Answer.refused(error), null, health, TransportErrors.neverSent(error));
  }

  static HttpAnswer read(Response response) {
    byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
    return new HttpAnswer(response.getStatus(), response::getHeaderString, body);
  }

  Optional<VendorError> error() {
    return error(answer);
  }

  private static Optional<VendorError> error(Answer<?> answer) {
    return answer instanceof Answer.Failed<?>(Failure failure)
        ? Optional.of(failure.error())
        : Optional.empty();
  }
}
