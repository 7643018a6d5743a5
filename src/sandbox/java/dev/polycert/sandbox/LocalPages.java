package dev.polycert.sandbox;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Lets pages of this machine control the sandbox: the console of a server in development. */
final class LocalPages {
  private static final Pattern ORIGIN =
      Pattern.compile("http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  private LocalPages() {}

  /**
   * Allows such a page to read the answer.
   *
   * @return whether the request only asked for that, and is answered
   */
  static boolean admitted(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null
        || request.path() == null
        || !request.path().startsWith(ControlApi.PREFIX)
        || !ORIGIN.matcher(origin).matches()) {
      return false;
    }
    request
        .response()
        .putHeader("access-control-allow-origin", origin)
        .putHeader("access-control-allow-headers", "content-type")
        .putHeader("access-control-allow-methods", "GET, POST, PUT, DELETE")
        .putHeader(HttpHeaders.VARY, "origin");
    boolean asks = request.method().equals(HttpMethod.OPTIONS);
    if (asks) {
      request.response().setStatusCode(204).end();
    }
    return asks;
  }
}
