package dev.polycert.vendor.acme;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.StatusCodes;
import dev.polycert.call.VendorError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeNotSupportedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;
import org.shredzone.acme4j.toolbox.JSON;

/** Classifies what acme4j throws. */
final class AcmeFailures {
  private static final String PREFIX = "urn:ietf:params:acme:error:";
  private static final String TRANSPORT = "Transport.";
  private static final String MALFORMED = "Transport.Malformed";
  private static final String UNREACHABLE = "Transport.Unreachable";
  private static final String UNTRUSTED = "Transport.Tls";
  private static final Pattern PAUSED =
      Pattern.compile("https?://\\S*unpause|temporarily prevented", Pattern.CASE_INSENSITIVE);
  private static final Set<String> NEVER_SENT = Set.of(UNREACHABLE, UNTRUSTED);

  private AcmeFailures() {}

  /** The error of a call that failed. */
  static VendorError of(Exception failure, Conversation conversation) {
    return switch (failure) {
      case AcmeLazyLoadingException lazy when lazy.getCause() instanceof Exception cause ->
          of(cause, conversation);
      case BadSetting setting -> setting.error();
      case AcmeServerException refused when paused(refused.getProblem()) ->
          new VendorError(
              ErrorClass.NEEDS_USER, code(refused.getProblem()), text(refused.getProblem()));
      case AcmeUserActionRequiredException wanted -> needsUser(wanted, conversation);
      case AcmeServerException refused -> reported(refused.getProblem(), conversation);
      case AcmeNetworkException network -> transport(network.getCause());
      case AcmeNotSupportedException unsupported ->
          new VendorError(
              ErrorClass.FINAL, "NotSupported", String.valueOf(unsupported.getMessage()));
      default -> other(conversation);
    };
  }

  /**
   * Whether the CA takes no order for a name until a person has followed a link. Let's Encrypt has
   * no type of its own for it (letsencrypt.org/docs/rate-limits, "Consecutive Authorization
   * Failures").
   */
  private static boolean paused(Problem problem) {
    return code(problem).equals(AcmeErrors.RATE_LIMITED) && PAUSED.matcher(text(problem)).find();
  }

  /** The page where the user acts on the request (RFC 8555, section 7.3.3). */
  private static VendorError needsUser(
      AcmeUserActionRequiredException wanted, Conversation conversation) {
    VendorError error = reported(wanted.getProblem(), conversation);
    String page =
        wanted
            .getProblem()
            .getInstance()
            .or(wanted::getTermsOfServiceUri)
            .map(at -> "; visit " + at)
            .orElse("");
    return new VendorError(
        error.errorClass(), error.code(), error.message() + page, null, error.retryAfter());
  }

  private static VendorError reported(Problem problem, Conversation conversation) {
    String code = code(problem);
    return new VendorError(
        StatusCodes.classify(AcmeErrors.TABLE, code, conversation.status()),
        code,
        text(problem),
        null,
        conversation.retryAfter());
  }

  /** The type of a problem without what all of ACME have in common. */
  static String code(Problem problem) {
    String type = problem.asJSON().get("type").map(JSON.Value::asString).orElse("about:blank");
    return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
  }

  /** A problem for people, with those of its parts (RFC 8555, section 6.7.1). */
  static String text(Problem problem) {
    String parts =
        problem.getSubProblems().stream()
            .map(
                part ->
                    part.getIdentifier().map(id -> id.getDomain() + ": ").orElse("")
                        + part.getDetail().orElseGet(() -> code(part)))
            .collect(Collectors.joining("; "));
    String detail = problem.getDetail().orElseGet(() -> code(problem));
    return parts.isEmpty() ? detail : detail + " (" + parts + ")";
  }

  /** An answer without a problem document: reports its status, or that it is not an ACME answer. */
  private static VendorError other(Conversation conversation) {
    int status = conversation.status();
    if (status >= 400) {
      String code = "HTTP." + status;
      return new VendorError(
          StatusCodes.classify(AcmeErrors.TABLE, code, status),
          code,
          "the CA answered with HTTP " + status + " and no explanation",
          null,
          conversation.retryAfter());
    }
    return retry(MALFORMED, "HTTP " + status + " with an answer that is not ACME's");
  }

  private static VendorError transport(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpConnectTimeoutException e -> {
          return retry(UNREACHABLE, "no connection in time");
        }
        case UnknownHostException e -> {
          return retry(UNREACHABLE, "the CA's host name does not resolve");
        }
        case UnresolvedAddressException e -> {
          return retry(UNREACHABLE, "the CA's host name does not resolve");
        }
        case ConnectException e -> {
          return retry(UNREACHABLE, "connection refused or unreachable");
        }
        case SSLHandshakeException e -> {
          return retry(UNTRUSTED, "no TLS connection, the CA's own certificate may be wrong");
        }
        case HttpTimeoutException e -> {
          return retry("Transport.Timeout", "no complete answer in time");
        }
        case IOException e when String.valueOf(e.getMessage()).contains("exceeds capacity") -> {
          return retry("Transport.TooLarge", "answer too large");
        }
        default -> {}
      }
    }
    return retry("Transport.Broken", "the connection broke before the answer was complete");
  }

  /** Whether it says that the CA does not work: no answer, or a server's error. */
  static boolean down(VendorError error, Conversation conversation) {
    boolean answered = error.code().equals(MALFORMED) || !error.code().startsWith(TRANSPORT);
    return error.errorClass() == ErrorClass.RETRY && (!answered || conversation.status() >= 500);
  }

  /** Whether the CA has surely received nothing. */
  static boolean neverSent(VendorError error) {
    return NEVER_SENT.contains(error.code());
  }

  private static VendorError retry(String code, String message) {
    return new VendorError(ErrorClass.RETRY, code, message);
  }
}
