package dev.polycert.look;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Looks for one record at every server of its zone, and follows aliases into other zones as a
 * resolver would. Used once. Blocks; for virtual threads only.
 */
final class RecordSearch {
  private static final int LONGEST_CHAIN = 8;
  private static final int SERVERS_AT_ONCE = 16;

  /**
   * Each server of a zone may name another target; this bounds the questions that they can cause.
   */
  private static final int MOST_NAMES = 16;

  private final ZoneFinder finder;
  private final DnsQuestions questions;
  private final int type;
  private final Instant deadline;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Set<Name> visited = new LinkedHashSet<>();
  private @Nullable Zone zone;
  private @Nullable String brokenChain;

  /**
   * Prepares one search.
   *
   * @param type {@code TXT} or {@code CAA}, where aliases are followed, or {@code CNAME}, where the
   *     alias itself is looked for
   */
  RecordSearch(ZoneFinder finder, DnsQuestions questions, int type, Instant deadline) {
    this.finder = finder;
    this.questions = questions;
    this.type = type;
    this.deadline = deadline;
  }

  /** Looks for the record and keeps the answers. */
  void run(Name name) {
    follow(List.of(name));
  }

  List<Sighting> sightings() {
    return sightings;
  }

  /** The zone of the name itself. */
  Optional<Zone> zone() {
    return Optional.ofNullable(zone);
  }

  /** The fault of a chain of aliases that leads nowhere. */
  Optional<String> brokenChain() {
    return Optional.ofNullable(brokenChain);
  }

  /**
   * The values of the record at one more name in the same zone, by the first server that answers.
   */
  List<String> valuesAt(Name name, Zone sameZone) {
    return sameZone.servers().stream()
        .map(server -> ask(sameZone, server, name))
        .filter(DnsReply.Answer.class::isInstance)
        .map(reply -> values(((DnsReply.Answer) reply).message(), name))
        .findFirst()
        .orElse(List.of());
  }

  private void follow(List<Name> path) {
    Name name = path.getLast();
    visited.add(name);
    switch (finder.find(name, deadline)) {
      case Zone.Search.NotFound(String why) ->
          sightings.add(new Sighting("the resolver", path, List.of(), null, why));
      case Zone.Search.Found(Zone found) -> {
        askIn(found, path);
      }
    }
  }

  private void askIn(Zone found, List<Name> path) {
    zone = path.size() == 1 ? found : zone;
    Set<Name> children = new LinkedHashSet<>();
    Set<Name> targets = askAll(found, path, children);
    for (Name child : children) {
      // Downwards only, so that no two zones can name each other for ever.
      if (child.subdomain(found.name()) && child.labels() > found.name().labels()) {
        switch (finder.below(child, deadline)) {
          case Zone.Search.NotFound(String why) -> {
            zone = path.size() == 1 ? Zone.named(child) : zone;
            sightings.add(new Sighting("the resolver", path, List.of(), null, why));
          }
          case Zone.Search.Found(Zone below) -> askIn(below, path);
        }
      }
    }
    for (Name target : targets) {
      if (!visited.contains(target) && visited.size() < MOST_NAMES) {
        follow(Stream.concat(path.stream(), Stream.of(target)).toList());
      }
    }
  }

  /**
   * Asks every server of the zone and gives the aliases to follow.
   *
   * @param children gets the zones below that the servers leave the name to
   */
  private Set<Name> askAll(Zone asked, List<Name> path, Set<Name> children) {
    asked
        .unusable()
        .forEach(s -> sightings.add(new Sighting(s.server(), path, List.of(), null, s.error())));
    record Heard(Zone.Server server, DnsReply reply) {}
    List<Heard> heard =
        asked.servers().stream()
            .gather(
                Gatherers.mapConcurrent(
                    SERVERS_AT_ONCE,
                    server -> new Heard(server, ask(asked, server, path.getLast()))))
            .toList();
    Set<Name> targets = new LinkedHashSet<>();
    for (Heard one : heard) {
      if (one.reply() instanceof DnsReply.Failure(var _, var _, Name child) && child != null) {
        children.add(child);
      }
      Sighting sighting = sighting(one.server(), one.reply(), path);
      Name target = sighting.alias();
      Sighting judged = target == null ? sighting : judgeAlias(sighting, target);
      sightings.add(judged);
      if (judged.alias() != null) {
        targets.add(judged.alias());
      }
    }
    return targets;
  }

  private Sighting sighting(Zone.Server server, DnsReply reply, List<Name> path) {
    return switch (reply) {
      case DnsReply.Failure failure ->
          new Sighting(server.label(), path, List.of(), null, failure.why());
      case DnsReply.Answer(Message message) ->
          new Sighting(
              server.label(),
              path,
              values(message, path.getLast()),
              type == Type.CNAME ? null : alias(message, path.getLast()),
              null);
    };
  }

  /**
   * A chain ends at an alias that leads back or too far; the alias then counts as a wrong value, or
   * for CAA, where it could not be read as one, as no answer.
   */
  private Sighting judgeAlias(Sighting sighting, Name target) {
    boolean loop = sighting.path().contains(target);
    if (!loop && sighting.path().size() <= LONGEST_CHAIN) {
      return sighting;
    }
    String chain =
        Stream.concat(sighting.path().stream(), Stream.of(target))
            .map(Names::text)
            .collect(Collectors.joining(" -> "));
    brokenChain = (loop ? "a loop of CNAMEs: " : "too long a chain of CNAMEs: ") + chain;
    return type == Type.CAA
        ? new Sighting(sighting.server(), sighting.path(), List.of(), null, brokenChain)
        : new Sighting(sighting.server(), sighting.path(), List.of(Names.text(target)), null, null);
  }

  private DnsReply ask(Zone asked, Zone.Server server, Name name) {
    return questions.ask(asked, server, name, type, deadline);
  }

  private List<String> values(Message message, Name name) {
    return answers(message, name).mapMulti(this::value).toList();
  }

  private void value(Record record, Consumer<String> sink) {
    if (record.getType() != type) {
      return;
    }
    switch (record) {
      case TXTRecord txt -> sink.accept(joined(txt));
      case CNAMERecord cname -> sink.accept(Names.text(cname.getTarget()));
      case CAARecord caa -> sink.accept(CaaProperty.line(caa));
      default -> {}
    }
  }

  /** One value may be spread over several strings of one record (RFC 7208, section 3.3). */
  private static String joined(TXTRecord txt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    txt.getStringsAsByteArrays().forEach(bytes::writeBytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static @Nullable Name alias(Message message, Name name) {
    return answers(message, name)
        .filter(CNAMERecord.class::isInstance)
        .map(record -> ((CNAMERecord) record).getTarget())
        .findFirst()
        .orElse(null);
  }

  private static Stream<Record> answers(Message message, Name name) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getName().equals(name));
  }
}
