package dev.polycert.look;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/**
 * Asks the servers of each zone themselves for records with their signatures, for the library that
 * validates them. For one look. Blocks; for virtual threads only.
 */
final class SignedQuestions implements Resolver {
  /** More would use up the time of the look where none answers. */
  private static final int MOST_SERVERS = 2;

  private final ZoneFinder finder;
  private final DnsQuestions questions;
  private final Instant deadline;
  private final Queue<RRSIGRecord> signatures = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Name zone;

  SignedQuestions(ZoneFinder finder, DnsQuestions questions, Instant deadline) {
    this.finder = finder;
    this.questions = questions;
    this.deadline = deadline;
  }

  /** The first answer of a server of the zone, or the failure of the one that was asked last. */
  DnsReply ask(Name name, int type) {
    if (type == Type.DNSKEY) {
      zone = name;
    }
    // The delegation of a zone is signed by the zone above (RFC 4035, section 2.4).
    return at(finder.find(type == Type.DS ? new Name(name, 1) : name, deadline), name, type);
  }

  private DnsReply at(Zone.Search search, Name name, int type) {
    return switch (search) {
      case Zone.Search.NotFound(String why) -> DnsReply.Failure.silent(why);
      case Zone.Search.Found(Zone zone) -> in(zone, name, type);
    };
  }

  private DnsReply in(Zone zone, Name name, int type) {
    DnsReply last = DnsReply.Failure.silent("the zone has no name servers");
    for (Zone.Server server : zone.servers().stream().limit(MOST_SERVERS).toList()) {
      last = questions.askSigned(zone, server, name, type, deadline);
      if (last instanceof DnsReply.Answer(Message message)) {
        keepSignatures(message);
        return last;
      }
      if (last instanceof DnsReply.Failure(var _, var _, Name child)
          && child != null
          && child.subdomain(zone.name())
          && child.labels() > zone.name().labels()) {
        return at(finder.below(child, deadline), name, type);
      }
    }
    return last;
  }

  private void keepSignatures(Message message) {
    Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .filter(RRSIGRecord.class::isInstance)
        .forEach(signature -> signatures.add((RRSIGRecord) signature));
  }

  /** The zone whose keys were asked for last. */
  Optional<Name> zone() {
    return Optional.ofNullable(zone);
  }

  /** A signature that came and is not valid at the time. */
  Optional<RRSIGRecord> outOfTime(Instant time) {
    return signatures.stream()
        .filter(it -> time.isBefore(it.getTimeSigned()) || time.isAfter(it.getExpire()))
        .findFirst();
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor unused) {
    Record question = query.getQuestion();
    return CompletableFuture.supplyAsync(
            () -> ask(question.getName(), question.getType()), Thread::startVirtualThread)
        .thenCompose(
            reply ->
                switch (reply) {
                  case DnsReply.Answer(Message message) ->
                      CompletableFuture.completedFuture(message);
                  case DnsReply.Failure failure ->
                      CompletableFuture.failedFuture(new IOException(failure.why()));
                });
  }

  /** The library does not choose which servers are asked, so its settings have no effect here. */
  @Override
  public void setPort(int port) {}

  @Override
  public void setTCP(boolean flag) {}

  @Override
  public void setIgnoreTruncation(boolean flag) {}

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

  @Override
  public void setTSIGKey(TSIG key) {}

  @Override
  public void setTimeout(Duration timeout) {}
}
