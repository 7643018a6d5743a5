package dev.polycert.server;

import dev.polycert.domain.StoreException;
import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Problem;
import dev.polycert.order.PullKey;
import dev.polycert.order.use.AccessKeys;
import dev.polycert.order.use.Pull;
import dev.polycert.order.use.Pull.Form;
import dev.polycert.order.use.Pull.Pulled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /certificates/{order or domain}}: hands a certificate with its private key to a
 * machine that shows a pull key. That key opens nothing else, and the key of the API does not work
 * here.
 */
@ApplicationScoped
class Certificates {
  static final String PATH = "/certificates/";

  /** The challenge to a request without a key. */
  static final String ASK = "Show a pull key for this certificate: Authorization: Bearer <key>.";

  /** Machines ask again by their own timers; this is for a client that waits instead. */
  private static final String RETRY_SECONDS = "5";

  private static final String PEM = "application/x-pem-file";
  private static final String PKCS12 = "application/pkcs12";
  private static final Pattern WEIGHT = Pattern.compile("(?i);\\s*q=(\\d(?:[.]\\d{0,3})?)");
  private static final String NO_QUERY =
      "this path takes no query; the header Accept names the form: " + PEM + " or " + PKCS12;

  private final Pull pull;
  private final HttpRouter router;
  private final Invocation invocation;

  Certificates(Pull pull, HttpRouter router, Invocation invocation) {
    this.pull = pull;
    this.router = router;
    this.invocation = invocation;
  }

  /**
   * A response.
   *
   * @param body null when there is none
   * @param refused whether the key was wrong
   */
  record Response(
      int status, Map<String, String> headers, @Nullable Buffer body, boolean refused) {}

  /** Whether a request is for a certificate. */
  static boolean wanted(HttpServerRequest request) {
    return Front.path(request).startsWith(PATH);
  }

  /** Whether a request shows what may be a pull key, by its form alone. */
  static boolean showsKey(HttpServerRequest request) {
    return AccessKeys.wellFormed(PullKey.class, secret(request));
  }

  private static String secret(HttpServerRequest request) {
    return FirstKey.bearer(request.getHeader("authorization"));
  }

  /** Answers a request. */
  Uni<Response> answer(HttpServerRequest request) {
    if (!Set.of("GET", "HEAD").contains(request.method().name())) {
      return problem(
          router.reply(Problem.of(405, "This path takes GET, HEAD.")).with("allow", "GET, HEAD"),
          false);
    }
    Set<String> query = HttpRouter.names(request.query());
    if (!query.isEmpty()) {
      return problem(router.reply(HttpRouter.unread(query, NO_QUERY)), false);
    }
    Optional<Form> form = form(request.getHeader("accept"));
    if (form.isEmpty()) {
      return problem(
          router.reply(Problem.of(406, "There is %s and %s.".formatted(PEM, PKCS12))), false);
    }
    String wanted = decoded(Front.path(request).substring(PATH.length()));
    return Uni.createFrom()
        .deferred(
            () ->
                pull.pull(
                    secret(request),
                    wanted,
                    form.get(),
                    tags(request.getHeader("if-none-match")),
                    invocation.deadline()))
        .flatMap(pulled -> response(pulled, form.get()))
        .onFailure()
        .recoverWithUni(
            failure ->
                problem(
                    // Its caller may have no key, and is not to know where the store is.
                    (failure instanceof StoreException
                            ? router.reply(
                                Problem.of(503, "The certificate cannot be looked up just now."))
                            : router.reply(failure))
                        .with("retry-after", RETRY_SECONDS),
                    false));
  }

  private Uni<Response> response(Pulled pulled, Form form) {
    return switch (pulled) {
      case Pulled.Refused() -> problem(router.reply(Problem.of(401, ASK)), true);
      case Pulled.None(String why) -> problem(router.reply(Problem.of(409, why)), false);
      case Pulled.Unchanged(String tag) ->
          Uni.createFrom().item(new Response(304, headers(tag), null, false));
      case Pulled.Certificate(String tag, byte[] body) -> {
        Map<String, String> headers = headers(tag);
        headers.put("content-type", form == Form.PEM ? PEM : PKCS12);
        yield Uni.createFrom().item(new Response(200, headers, Buffer.buffer(body), false));
      }
    };
  }

  private static Map<String, String> headers(String tag) {
    Map<String, String> headers = new HashMap<>();
    headers.put("etag", tag);
    headers.put("cache-control", "no-store");
    headers.put("x-content-type-options", "nosniff");
    return headers;
  }

  private static Uni<Response> problem(HttpRouter.Reply reply, boolean refused) {
    return Uni.createFrom()
        .item(
            new Response(
                reply.status(),
                reply.headers(),
                reply.body() == null ? null : Buffer.buffer(reply.body()),
                refused));
  }

  /**
   * The form that a client prefers by its weights (RFC 9110, section 12.4.2), then by the order of
   * its list; PEM where it takes anything.
   */
  private static Optional<Form> form(@Nullable String accept) {
    return accept == null || accept.isBlank()
        ? Optional.of(Form.PEM)
        : Stream.of(accept.split(","))
            .filter(range -> weight(range) > 0)
            .sorted(Comparator.comparingDouble(Certificates::weight).reversed())
            .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .<Form>mapMulti(
                (range, sink) -> {
                  switch (range) {
                    case PEM, "application/*", "text/*", "text/plain", "*/*" ->
                        sink.accept(Form.PEM);
                    case PKCS12, "application/x-pkcs12" -> sink.accept(Form.PKCS12);
                    default -> {}
                  }
                })
            .findFirst();
  }

  private static double weight(String range) {
    Matcher weight = WEIGHT.matcher(range);
    return weight.find() ? Double.parseDouble(weight.group(1)) : 1;
  }

  /** Those of RFC 9110, section 13.1.2; a weak one counts as a strong one. */
  private static List<String> tags(@Nullable String header) {
    return header == null
        ? List.of()
        : Stream.of(header.split(",")).map(tag -> tag.strip().replaceFirst("^W/", "")).toList();
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return segment;
    }
  }
}
