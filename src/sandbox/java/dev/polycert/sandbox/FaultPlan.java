package dev.polycert.sandbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which calls a fault hits. With a seed that hangs on nothing but the seed, what is asked for, of
 * whom, and how often it was asked before: runs with the same seed hit the same calls, in whatever
 * order their threads come.
 *
 * @param match what the calls are about: a regular expression for a domain
 */
record FaultPlan(Optional<Long> seed, Optional<Pattern> match, Instant from, Instant until) {

  /** A call as plans see it. */
  record Call(String provider, String operation, String subject, int number, Instant at) {}

  /**
   * Reads {@code {seed, match, after, lasting}}, the last two being durations: when it begins,
   * counted from now, and for how long.
   */
  static FaultPlan of(ControlBody body, Instant now) {
    Instant from = body.duration("after").map(now::plus).orElse(Instant.MIN);
    return new FaultPlan(
        body.number("seed").map(Double::longValue),
        body.optionalText("match").map(FaultPlan::pattern),
        from,
        body.duration("lasting")
            .map(time -> (from.equals(Instant.MIN) ? now : from).plus(time))
            .orElse(Instant.MAX));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new ControlException(400, "match", "must be a regular expression");
    }
  }

  boolean covers(Call call) {
    return !call.at.isBefore(from) && call.at.isBefore(until) && about(call.subject);
  }

  boolean about(String subject) {
    return match.map(pattern -> pattern.matcher(subject).find()).orElse(true);
  }

  /** A number from 0 to 1 that is the call's own; empty where it is left to chance. */
  Optional<Double> draw(Call call, Fault.Kind kind) {
    return seed.map(
        number -> {
          int hash =
              Objects.hash(call.provider, call.operation, call.subject, call.number, kind.name());
          return new SplittableRandom(number * 1_000_003L + hash).nextDouble();
        });
  }
}
