package dev.polycert.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Something that goes wrong on purpose.
 *
 * @param provider empty for all
 * @param operation {@code *} for all
 * @param times how many calls it still hits
 * @param rate the share of matching calls that it hits, 0 to 1
 * @param delay how late a slow answer is
 * @param refusal what a call is refused with
 * @param edit what is changed in an answer
 */
record Fault(
    Optional<String> provider,
    String operation,
    Kind kind,
    int times,
    double rate,
    Duration delay,
    Optional<Refusal> refusal,
    Optional<Edit> edit) {
  private static final Duration SLOW = Duration.ofSeconds(15);

  /** What can go wrong. */
  enum Kind {
    /** Refused as over the rate. */
    THROTTLE,
    /** The vendor's own internal error; nothing was done. */
    INTERNAL,
    /** Refused with any code in the vendor's own envelope; nothing was done. */
    CODE,
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
    /** It was done, and the answer says something else. */
    EDIT
  }

  /**
   * What a call is refused with.
   *
   * @param status of HTTP
   * @param requestId the vendor's id of the call; empty for a random one
   */
  record Refusal(int status, String code, String message, Optional<String> requestId) {}

  /**
   * A change of an answer.
   *
   * @param pattern a regular expression; every place where it is found is replaced
   * @param replacement may refer to groups by {@code $1}
   */
  record Edit(Pattern pattern, String replacement) {}

  /**
   * Reads {@code {provider, operation, kind, times, rate}}; for {@code SLOW} with {@code delay},
   * for {@code CODE} with {@code {code, status, message, requestId}}, for {@code EDIT} with {@code
   * {pattern, replacement}}.
   */
  static Fault of(ControlBody body) {
    Kind kind = kind(body.text("kind"));
    return new Fault(
        body.optionalText("provider"),
        body.optionalText("operation").orElse("*"),
        kind,
        atLeastOne(body, "times", 1),
        body.number("rate").orElse(1.0),
        body.duration("delay").orElse(SLOW),
        kind == Kind.CODE ? Optional.of(refusal(body)) : Optional.empty(),
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
    return provider.map(asked::equals).orElse(true)
        && (operation.equals("*") || operation.equals(askedOperation));
  }

  Fault once() {
    return new Fault(provider, operation, kind, times - 1, rate, delay, refusal, edit);
  }
}
