package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Earlier answers to each question, for faults that repeat one as a cache does. */
final class StaleAnswers {
  private final Map<String, List<Given>> answers = new HashMap<>();

  private record Given(Instant at, Reply reply) {}

  /** Keeps an answer, and drops those that are too old to be given again. */
  void keep(String question, Instant now, Reply reply, Optional<Duration> age) {
    List<Given> given = answers.computeIfAbsent(question, first -> new ArrayList<>());
    age.ifPresent(most -> given.removeIf(answer -> answer.at.isBefore(now.minus(most))));
    if (given.isEmpty() || age.isPresent()) {
      given.add(new Given(now, reply));
    }
  }

  /** The oldest answer that is kept. */
  Optional<Reply> oldest(String question) {
    return Optional.ofNullable(answers.get(question)).map(given -> given.getFirst().reply);
  }

  void clear() {
    answers.clear();
  }
}
