package dev.polycert.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was answered to each question, for vendors that answer it again as caches do. */
final class Past {
  private final Map<String, List<Given>> answers = new HashMap<>();

  private record Given(Instant at, SandboxReply reply) {}

  /** Keeps an answer, and forgets those that nobody will be given any more. */
  void keep(String question, Instant now, SandboxReply reply, Optional<Duration> age) {
    List<Given> given = answers.computeIfAbsent(question, first -> new ArrayList<>());
    age.ifPresent(most -> given.removeIf(answer -> answer.at.isBefore(now.minus(most))));
    if (given.isEmpty() || age.isPresent()) {
      given.add(new Given(now, reply));
    }
  }

  /** The oldest answer that is kept. */
  Optional<SandboxReply> oldest(String question) {
    return Optional.ofNullable(answers.get(question)).map(given -> given.getFirst().reply);
  }

  void clear() {
    answers.clear();
  }
}
