package dev.polycert.look;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks one DNS server one question: over UDP, and over TCP when the answer is truncated. Blocks;
 * for virtual threads only.
 */
@ApplicationScoped
class DnsQuestions {
  /** A size that passes most networks in one piece. */
  private static final int LARGEST_DATAGRAM = 1232;

  private final DnsConfig config;
  private final Clock clock;

  DnsQuestions(DnsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Asks a server of a zone, and where it is silent, at its other address. */
  DnsReply ask(Zone zone, Zone.Server server, Name name, int type, Instant deadline) {
    return at(
        server,
        address ->
            zone.authoritative()
                ? askAuthority(address, name, type, deadline)
                : askResolver(address, name, type, deadline));
  }

  private static DnsReply at(Zone.Server server, Function<InetSocketAddress, DnsReply> question) {
    DnsReply reply = question.apply(server.address());
    boolean silent = reply instanceof DnsReply.Failure failure && !failure.spoke();
    return silent && server.other() != null ? question.apply(server.other()) : reply;
  }

  /** Asks a server that may be recursive. */
  DnsReply askResolver(InetSocketAddress server, Name name, int type, Instant deadline) {
    return ask(server, query(name, type), deadline);
  }

  /** Asks a recursive server for what it has not validated (RFC 4035, section 3.2.2). */
  DnsReply askUnchecked(InetSocketAddress server, Name name, int type, Instant deadline) {
    Message query = query(name, type);
    query.getHeader().setFlag(Flags.CD);
    return ask(server, query, deadline);
  }

  /** Asks a server of the name's zone; an answer without its own authority is a failure. */
  DnsReply askAuthority(InetSocketAddress server, Name name, int type, Instant deadline) {
    return askAuthority(server, query(name, type), name, deadline);
  }

  /** Asks for signatures. In a class of its own, so that a start without looks loads no records. */
  private static final class SignatureFlag {
    private static void set(Message query) {
      query.addRecord(new OPTRecord(LARGEST_DATAGRAM, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    }
  }

  /** Asks a server of a zone for a record with its signatures (RFC 4035, section 3.2.1). */
  DnsReply askSigned(Zone zone, Zone.Server server, Name name, int type, Instant deadline) {
    return at(
        server,
        address -> {
          Message query = query(name, type);
          query.getHeader().setFlag(Flags.CD);
          SignatureFlag.set(query);
          return zone.authoritative()
              ? askAuthority(address, query, name, deadline)
              : ask(address, query, deadline);
        });
  }

  private DnsReply askAuthority(
      InetSocketAddress server, Message query, Name name, Instant deadline) {
    query.getHeader().unsetFlag(Flags.RD);
    DnsReply reply = ask(server, query, deadline);
    return reply instanceof DnsReply.Answer(Message message)
            && !message.getHeader().getFlag(Flags.AA)
        ? unauthorised(message, name)
        : reply;
  }

  /** A server of a zone above answers with the servers of the one below (RFC 1034, 4.3.1). */
  private static DnsReply unauthorised(Message message, Name name) {
    return message.getSection(Section.ANSWER).isEmpty()
        ? message.getSection(Section.AUTHORITY).stream()
            .filter(NSRecord.class::isInstance)
            .map(NSRecord.class::cast)
            .filter(server -> name.subdomain(server.getName()) && server.getName().labels() > 1)
            .findFirst()
            .<DnsReply>map(
                server ->
                    new DnsReply.Failure(
                        "delegates %s to %s"
                            .formatted(
                                Names.text(server.getName()), Names.text(server.getTarget())),
                        true,
                        server.getName()))
            .orElseGet(DnsQuestions::lame)
        : lame();
  }

  private static DnsReply lame() {
    return DnsReply.Failure.spoken("does not serve the zone, although the zone names it (lame)");
  }

  private static Message query(Name name, int type) {
    return Message.newQuery(Record.newRecord(name, type, DClass.IN));
  }

  private DnsReply ask(InetSocketAddress server, Message query, Instant deadline) {
    if (server.isUnresolved()) {
      return DnsReply.Failure.silent("has a host name that does not resolve");
    }
    Duration left = Duration.between(clock.instant(), deadline);
    if (!left.isPositive()) {
      return DnsReply.Failure.silent("was not asked: no time was left");
    }
    Duration limit = left.compareTo(config.timeout()) < 0 ? left : config.timeout();
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(limit);
    try {
      return judge(
          resolver
              .sendAsync(query, Runnable::run)
              .toCompletableFuture()
              .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
              .join());
    } catch (CompletionException failed) {
      return DnsReply.Failure.silent(explain(failed.getCause()));
    }
  }

  private static DnsReply judge(Message answer) {
    int rcode = answer.getRcode();
    return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN
        ? new DnsReply.Answer(answer)
        : DnsReply.Failure.spoken("answers " + Rcode.string(rcode));
  }

  private static String explain(@Nullable Throwable failure) {
    return switch (failure) {
      case TimeoutException e -> "does not answer in time";
      case SocketTimeoutException e -> "does not answer in time";
      case null, default -> "cannot be reached or answers malformed";
    };
  }
}
