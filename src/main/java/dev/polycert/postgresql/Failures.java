package dev.polycert.postgresql;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Distinguishes failures that may pass from others, and explains both. A code is an SQLSTATE of
 * PostgreSQL (its manual, appendix A).
 */
final class Failures {
  /**
   * Deadlock and serialization failure, too many connections, and a server that stops, has crashed
   * or starts.
   */
  private static final Set<String> PASSING =
      Set.of("40001", "40P01", "53300", "57P01", "57P02", "57P03");

  private static final String CONNECTION_CLASS = "08";

  private Failures() {}

  /**
   * Whether another attempt may succeed. After one of them a write may or may not have taken
   * effect.
   */
  static boolean passing(Throwable failure) {
    return !mistrusted(failure) && mayPass(failure);
  }

  private static boolean mayPass(Throwable failure) {
    return switch (failure) {
      case PgException refused ->
          PASSING.contains(refused.getSqlState())
              || refused.getSqlState().startsWith(CONNECTION_CLASS);
      case IOException unreachable -> true;
      case TimeoutException late -> true;
      // The client's own: a connection was closed, or none of the pool came free in time.
      case VertxException closed -> true;
      case NoStackTraceThrowable closed -> true;
      default -> false;
    };
  }

  static Throwable explained(Throwable failure, PgConnectOptions options) {
    if (failure instanceof DatabaseException) {
      return failure;
    }
    String server = server(options);
    if (failure instanceof PgException refused) {
      String code = refused.getSqlState();
      return new DatabaseException(
          "%s: %s (%s)%s".formatted(server, refused.getErrorMessage(), code, advice(code)));
    }
    if (mistrusted(failure)) {
      return new DatabaseException(
          "%s: %s; see POLYCERT_POSTGRESQL_CA and the sslmode of %s"
              .formatted(server, reason(failure), Connecting.URL),
          failure);
    }
    if (passing(failure)) {
      return new DatabaseException(server + " cannot be reached: " + reason(failure), failure);
    }
    // A bug: the client's report about the server has been checked.
    return failure instanceof RuntimeException
        ? failure
        : new DatabaseException(server + ": " + reason(failure), failure);
  }

  /** Names the server and the database. */
  static String server(PgConnectOptions options) {
    return "PostgreSQL at %s:%d/%s"
        .formatted(options.getHost(), options.getPort(), options.getDatabase());
  }

  /** The client gives no details of a failed handshake; the usual cause is the certificate. */
  private static boolean mistrusted(Throwable failure) {
    return failure instanceof SSLException || reason(failure).startsWith("SSL handshake");
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String advice(String code) {
    return switch (code) {
      case "28P01", "28000" -> "; check " + Connecting.USERNAME + " and " + Connecting.PASSWORD;
      case "3D000" -> "; check the database in " + Connecting.URL;
      case "42501" -> "; the schema polycert must belong to the role of " + Connecting.USERNAME;
      case "25006" -> "; " + Connecting.URL + " must lead to the primary server";
      case "53100" -> "; nothing can be recorded until the disk of the server has room";
      default -> "";
    };
  }
}
