package dev.polycert.call;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Codes of our own for failures of the transport. Their texts are our own too, because the message
 * of an exception may contain addresses and headers.
 */
final class TransportErrors {
  private static final String UNREACHABLE = "Transport.Unreachable";
  private static final String BUSY = "Transport.QueueFull";
  private static final String UNTRUSTED = "Transport.Tls";
  private static final Set<String> NEVER_SENT = Set.of(UNREACHABLE, BUSY, UNTRUSTED);

  private TransportErrors() {}

  /** The error of a call that ended without an HTTP answer. */
  static VendorError of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ConnectTimeoutException e -> {
          return retry(UNREACHABLE, "no connection in time");
        }
        case ConnectException e -> {
          return retry(UNREACHABLE, "connection refused or unreachable");
        }
        case UnknownHostException e -> {
          return retry(UNREACHABLE, "the vendor's host name does not resolve");
        }
        case ConnectionPoolTooBusyException e -> {
          return retry(BUSY, "too many calls wait for this vendor");
        }
        case RestClients.ForbiddenAddressException e -> {
          return new VendorError(
              ErrorClass.FINAL,
              "Transport.PrivateAddress",
              "the host's address is not on the public Internet");
        }
        case RestClients.TooLargeException e -> {
          return retry("Transport.TooLarge", "answer too large");
        }
        case RestClients.TooSlowException e -> {
          return retry("Transport.Timeout", "no complete answer in time");
        }
        case TimeoutException e when waitedForConnection(e) -> {
          return retry(UNREACHABLE, "no connection in time");
        }
        case TimeoutException e -> {
          return retry("Transport.Timeout", "no answer in time");
        }
        case SSLHandshakeException e -> {
          return retry(UNTRUSTED, "no TLS connection, the vendor's certificate may be wrong");
        }
        default -> {}
      }
    }
    return retry("Transport.Broken", "the connection broke before the answer was complete");
  }

  /** Only by its text does Vert.x say that the time ran out before there was a connection. */
  private static boolean waitedForConnection(TimeoutException timeout) {
    String message = timeout.getMessage();
    return message != null && message.contains("getting a connection");
  }

  /** The error of an answer that is not in the vendor's form. */
  static VendorError malformed(HttpAnswer answer) {
    return retry(
        "Transport.Malformed",
        "HTTP "
            + answer.status()
            + " with "
            + answer.body().length
            + " bytes not in the vendor's form");
  }

  /** Whether it is certain that the vendor got nothing. */
  static boolean neverSent(VendorError error) {
    return NEVER_SENT.contains(error.code());
  }

  private static VendorError retry(String code, String message) {
    return new VendorError(ErrorClass.RETRY, code, message);
  }
}
