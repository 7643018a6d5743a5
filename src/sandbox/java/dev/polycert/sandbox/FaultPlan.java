package dev.polycert.sandbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which calls a fault hits. With a seed the choice depends only on the seed, the provider, the
 * operation, its subject and the count of such calls before: runs with the same seed hit the same
 * calls, in whatever order threads make them.
 *
 * @param match a regular expression for the subject of a call, such as its domain
 */
record FaultPlan(Optional<Long> seed, Optional<Pattern> match, Instant from, Instant until) {

  /** The part of a call that plans look at. */
  record Call(String provider, String operation, String subject, int number, Instant at) {}

  /**
   * Reads {@code {seed, match, after, lasting}}; {@code after} is how long from now the plan
   * begins, {@code lasting} how long it then holds.
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

  /** A number from 0 to 1 that is fixed for the call; empty without a seed. */
  Optional<Double> draw(Call call, Fault.Kind kind) {
    return seed.map(
        number -> {
          int hash =
              Objects.hash(call.provider, call.operation, call.subject, call.number, kind.name());
          return new SplittableRandom(number * 1_000_003L + hash).nextDouble();
        });
  }
}
