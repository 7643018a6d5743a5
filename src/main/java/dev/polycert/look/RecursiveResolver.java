package dev.polycert.look;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks the recursive servers in turn until one answers. Blocks; for virtual threads only. */
@ApplicationScoped
class RecursiveResolver {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  /** UDP loses packets: each server gets as many chances as in {@code resolv.conf(5)}. */
  private static final int ROUNDS = 2;

  private final DnsConfig config;
  private final DnsQuestions questions;

  RecursiveResolver(DnsConfig config, DnsQuestions questions) {
    this.config = config;
    this.questions = questions;
  }

  /** The first answer, or the failure of the server that was asked last. */
  DnsReply ask(Name name, int type, Instant deadline) {
    return first(server -> questions.askResolver(server, name, type, deadline));
  }

  /**
   * As {@link #ask}, but where the server validates DNSSEC, it is asked for what does not hold too.
   */
  DnsReply askUnchecked(Name name, int type, Instant deadline) {
    return first(server -> questions.askUnchecked(server, name, type, deadline));
  }

  private DnsReply first(Function<InetSocketAddress, DnsReply> question) {
    DnsReply last = DnsReply.Failure.silent("is not known: set polycert.dns.resolvers");
    List<InetSocketAddress> servers = servers();
    for (int round = 0; round < ROUNDS; round++) {
      for (InetSocketAddress server : servers) {
        last = question.apply(server);
        if (last instanceof DnsReply.Answer) {
          return last;
        }
      }
    }
    return last;
  }

  /**
   * The addresses of a host, as far as they are known.
   *
   * @param failure why some may be missing; null when none are
   */
  record Addresses(List<InetAddress> all, DnsReply.@Nullable Failure failure) {

    Addresses {
      all = List.copyOf(all);
    }
  }

  /** All addresses of a host that are known, the IPv6 addresses first, as a CA prefers them. */
  List<InetAddress> allAddresses(Name host, Instant deadline) {
    return knownAddresses(host, deadline).all();
  }

  /** As {@link #allAddresses}, with the reason why some may be missing. */
  Addresses knownAddresses(Name host, Instant deadline) {
    List<DnsReply> replies =
        Stream.of(Type.AAAA, Type.A)
            .gather(Gatherers.mapConcurrent(2, type -> ask(host, type, deadline)))
            .toList();
    return new Addresses(
        replies.stream().flatMap(reply -> addresses(reply).stream()).toList(),
        replies.stream()
            .filter(DnsReply.Failure.class::isInstance)
            .map(DnsReply.Failure.class::cast)
            .findFirst()
            .orElse(null));
  }

  private static List<InetAddress> addresses(DnsReply reply) {
    if (!(reply instanceof DnsReply.Answer(Message message))) {
      return List.of();
    }
    // The answer section also has the aliases that lead to the addresses.
    return message.getSection(Section.ANSWER).stream()
        .mapMulti(RecursiveResolver::address)
        .toList();
  }

  private static void address(Record record, Consumer<InetAddress> sink) {
    switch (record) {
      case ARecord a -> sink.accept(a.getAddress());
      case AAAARecord aaaa -> sink.accept(aaaa.getAddress());
      default -> {}
    }
  }

  private List<InetSocketAddress> servers() {
    return config
        .servers()
        .or(config::resolvers)
        .map(ServerAddresses::parse)
        .orElseGet(() -> ServerAddresses.ofResolvConf(lines()));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(RESOLV_CONF);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
