package dev.polycert.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.PublicSuffixes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Judges the answers of a search, and says in one sentence what to do. */
final class RecordVerdict {
  private final WantedRecord wanted;
  private final RecordSearch search;
  private final List<Sighting> answers;

  RecordVerdict(WantedRecord wanted, RecordSearch search) {
    this.wanted = wanted;
    this.search = search;
    this.answers = search.sightings().stream().filter(Sighting::isFinal).toList();
  }

  /** Servers without an answer do not count, because a CA's resolver asks the next one too. */
  Finding.Status status() {
    long met = answers.stream().filter(this::isMet).count();
    if (met > 0) {
      return met == answers.size() ? Finding.Status.PRESENT : Finding.Status.PARTIAL;
    }
    if (answers.isEmpty()) {
      return Finding.Status.UNREACHABLE;
    }
    return answers.stream().allMatch(answer -> answer.values().isEmpty())
        ? Finding.Status.ABSENT
        : Finding.Status.DIFFERENT;
  }

  /**
   * The verdict with the answers of the servers and what to do.
   *
   * @param misplaced the wrong name at which the right value was found
   */
  Finding finding(Optional<String> misplaced) {
    List<Finding.Seen> seen = search.sightings().stream().map(Sighting::seen).toList();
    return new Finding(wanted.what(), status(), seen, missing(misplaced));
  }

  private boolean isMet(Sighting answer) {
    return answer.values().stream().anyMatch(wanted::isMetBy);
  }

  private @Nullable String missing(Optional<String> misplaced) {
    return switch (status()) {
      case PRESENT -> null;
      case PARTIAL ->
          "wait until every server has "
              + wanted.what()
              + " with value "
              + wanted.value()
              + "; "
              + servers(answers.stream().filter(answer -> !isMet(answer)).toList())
              + " without it";
      case DIFFERENT -> different();
      case ABSENT ->
          misplaced
              .map(
                  name ->
                      "move the "
                          + wanted.type()
                          + " record from "
                          + name
                          + " to "
                          + wanted.name()
                          + ": the DNS console appends the zone to the name by itself")
              .orElseGet(this::absent);
      case UNREACHABLE -> unreachable();
    };
  }

  private String different() {
    if (search.brokenChain().isPresent()) {
      return wanted.instruction() + " in place of " + search.brokenChain().get();
    }
    Sighting other = answers.stream().filter(a -> !a.values().isEmpty()).findFirst().orElseThrow();
    String held =
        other.values().stream().limit(3).map(Sighting::printable).collect(Collectors.joining(", "));
    return wanted.isText()
        ? wanted.instruction() + "; " + other.server() + " only has " + held
        : "change " + wanted.what() + " to " + wanted.value() + "; it points to " + held;
  }

  private String absent() {
    Name asked = answers.getFirst().path().getLast();
    String where =
        answers.getFirst().path().size() > 1
            ? " (or at " + Names.text(asked) + ", its CNAME's target)"
            : "";
    String zone = search.zone().map(found -> Names.text(found.name())).orElse("");
    String undelegated =
        PublicSuffixes.isRegistrySuffix(zone)
            ? "; the domain itself is not delegated by the servers of " + zone
            : "";
    return wanted.instruction() + where + "; " + servers(answers) + " with nothing" + undelegated;
  }

  private String unreachable() {
    return search.sightings().stream()
        .filter(sighting -> sighting.error() != null)
        .findFirst()
        .map(RecordVerdict::failing)
        .orElse("look at the name servers: the zone has none" + OtherView.HINT);
  }

  private static String failing(Sighting sighting) {
    String chain =
        sighting.path().size() == 1
            ? ""
            : " of the CNAME's target, "
                + sighting.path().stream().map(Names::text).collect(Collectors.joining(" -> "));
    return "look at the name servers"
        + chain
        + ": "
        + sighting.server()
        + " "
        + sighting.error()
        + OtherView.HINT;
  }

  private static String servers(List<Sighting> sightings) {
    String names =
        sightings.stream().limit(4).map(Sighting::server).collect(Collectors.joining(", "));
    return names + (sightings.size() == 1 ? " answers" : " answer");
  }
}
