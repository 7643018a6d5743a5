package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A fault that a test or a person sets.
 *
 * @param provider empty for all
 * @param operation {@code *} for all
 * @param times how many calls it still hits
 * @param rate the share of matching calls that it hits, 0 to 1
 * @param plan limits which calls it hits
 * @param delay how late a slow answer is
 * @param retryAfter the time that a refusal puts into {@code Retry-After}
 * @param age how old a stale answer may be; empty for any age
 * @param refusal what a call is refused with
 * @param edit what is changed in an answer
 */
record Fault(
    Optional<String> provider,
    String operation,
    Kind kind,
    int times,
    double rate,
    FaultPlan plan,
    Duration delay,
    Optional<Duration> retryAfter,
    Optional<Duration> age,
    Optional<Refusal> refusal,
    Optional<Edit> edit) {
  private static final Duration SLOW = Duration.ofSeconds(15);

  private static final SortedSet<String> MEMBERS =
      new TreeSet<>(
          Set.of(
              "after",
              "age",
              "code",
              "delay",
              "kind",
              "lasting",
              "match",
              "message",
              "operation",
              "pattern",
              "provider",
              "rate",
              "replacement",
              "requestId",
              "retryAfter",
              "seed",
              "status",
              "times"));

  /** What goes wrong. */
  enum Kind {
    /** Refused as above the rate, with {@code Retry-After} if {@code retryAfter} is given. */
    THROTTLE,
    /** A gateway's 503 without the vendor's envelope; nothing was done. */
    UNAVAILABLE,
    /** A redirect to a port on which nothing listens; nothing was done. */
    REDIRECT,
    /** The vendor's own internal error; nothing was done. */
    INTERNAL,
    /** Refused with any code in the vendor's own envelope; may have {@code retryAfter}. */
    CODE,
    /** As {@code CODE}, in a message that repeats the request, its headers first. */
    ECHO,
    /** A page of HTML with status 200, as from a proxy; nothing was done. */
    HTML,
    /** The connection closes and nothing was done. */
    RESET_BEFORE,
    /** It was done, and the connection closes without an answer. */
    RESET_AFTER,
    /** It was done, and the answer comes late. */
    SLOW,
    /** It was done, and the answer is cut in half. */
    MALFORMED,
    /** It was done, and the answer is 3 MiB long. */
    OVERSIZE,
    /** It was done, and the answer has no request id. */
    NO_REQUEST_ID,
    /** It was done, and the answer claims to be gzip and would be 64 MiB. */
    GZIP_BOMB,
    /** It was done, and the answer is JSON of 100,000 levels. */
    DEEP_JSON,
    /** It was done, and numbers are texts and texts of digits are numbers. */
    WRONG_TYPES,
    /** It was done, and every member of the answer comes twice. */
    DUPLICATE_KEYS,
    /** It was done, and the answer is dated years ago. */
    WRONG_DATE,
    /** It was done, and the answer is the oldest one to the same question within {@code age}. */
    STALE,
    /** It was done, and the answer comes at one byte a second. */
    SLOW_LORIS,
    /** It was done, and the answer's header goes on without end. */
    ENDLESS_HEADERS,
    /** It was done, and interim answers come without end. */
    ENDLESS_CONTINUE,
    /** It was done, and the answer has a header of 64 KiB. */
    LARGE_HEADER,
    /** It was done, and the connection closes before the whole {@code Content-Length} was sent. */
    TRUNCATED,
    /** It was done, and the vendor closes its half of the connection amid the answer. */
    HALF_CLOSE,
    /** It was done, and more is sent than {@code Content-Length} says. */
    WRONG_LENGTH,
    /** It was done, and a part of the answer is replaced. */
    EDIT
  }

  /**
   * What a call is refused with.
   *
   * @param status of HTTP
   * @param requestId the vendor's id of the call; empty for a random one
   */
  record Refusal(int status, String code, String message, Optional<String> requestId) {

    /** The same refusal, its message followed by all that was sent. */
    Refusal repeating(Request request) {
      StringBuilder echo = new StringBuilder(message);
      // Sorted by name, so that the signature comes early and survives a cut of the message.
      new TreeMap<>(request.headers())
          .forEach((name, value) -> echo.append('\n').append(name).append(": ").append(value));
      echo.append('\n').append(request.method()).append(' ').append(request.path());
      echo.append('?').append(request.rawQuery()).append('\n');
      echo.append(new String(request.body(), StandardCharsets.UTF_8));
      return new Refusal(status, code, echo.toString(), requestId);
    }
  }

  /**
   * A change of an answer.
   *
   * @param pattern a regular expression; every place where it is found is replaced
   * @param replacement may refer to groups by {@code $1}
   */
  record Edit(Pattern pattern, String replacement) {}

  /**
   * Reads {@code {provider, operation, kind, times, rate}}; for {@code SLOW} with {@code delay},
   * for {@code CODE} and {@code ECHO} with {@code {code, status, message, requestId}}, for {@code
   * EDIT} with {@code {pattern, replacement}}, for {@code STALE} with {@code age}, by the sandbox's
   * clock; for {@code THROTTLE}, {@code UNAVAILABLE} and {@code CODE} with a duration {@code
   * retryAfter}; and with the members of a {@link FaultPlan}.
   */
  static Fault of(ControlBody body, Instant now) {
    for (String member : body.fields()) {
      if (!MEMBERS.contains(member)) {
        throw new ControlException(
            400, member, "is no member of a fault: there are " + String.join(", ", MEMBERS));
      }
    }
    Kind kind = kind(body.text("kind"));
    return new Fault(
        body.optionalText("provider"),
        body.optionalText("operation").orElse("*"),
        kind,
        atLeastOne(body, "times", 1),
        body.number("rate").orElse(1.0),
        FaultPlan.of(body, now),
        body.duration("delay").orElse(SLOW),
        body.duration("retryAfter"),
        body.duration("age"),
        kind == Kind.CODE || kind == Kind.ECHO ? Optional.of(refusal(body)) : Optional.empty(),
        kind == Kind.EDIT ? Optional.of(edit(body)) : Optional.empty());
  }

  private static Refusal refusal(ControlBody body) {
    return new Refusal(
        atLeastOne(body, "status", 200),
        body.text("code"),
        body.optionalText("message").orElse("A fault of the sandbox."),
        body.optionalText("requestId"));
  }

  private static Edit edit(ControlBody body) {
    try {
      return new Edit(
          Pattern.compile(body.text("pattern")), body.optionalText("replacement").orElse(""));
    } catch (PatternSyntaxException e) {
      throw new ControlException(400, "pattern", "must be a regular expression");
    }
  }

  private static int atLeastOne(ControlBody body, String field, int otherwise) {
    int number = body.number(field).map(Double::intValue).orElse(otherwise);
    if (number < 1) {
      throw new ControlException(400, field, "must be at least 1");
    }
    return number;
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new ControlException(
        400, "kind", "must be one of " + List.of(Kind.values()) + ", not " + name);
  }

  boolean matches(String asked, String askedOperation) {
    return times > 0
        && provider.map(asked::equals).orElse(true)
        && (operation.equals("*") || operation.equals(askedOperation));
  }

  Fault once() {
    return new Fault(
        provider, operation, kind, times - 1, rate, plan, delay, retryAfter, age, refusal, edit);
  }
}
