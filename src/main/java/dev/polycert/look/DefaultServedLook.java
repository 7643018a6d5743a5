package dev.polycert.look;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.IpAddresses;
import dev.polycert.domain.PublicAddress;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook;
import dev.polycert.look.RecursiveResolver.Addresses;
import dev.polycert.look.TlsHandshake.Shown;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks on virtual threads, at a limited number of addresses at a time. */
@ApplicationScoped
class DefaultServedLook implements ServedLook {
  private static final Logger LOG = Logger.getLogger(DefaultServedLook.class);

  /** Of one host; large networks of edge servers show a dozen. */
  private static final int MOST_ADDRESSES = 24;

  private final ServedLookConfig config;
  private final RecursiveResolver resolver;
  private final TlsHandshake handshake;
  private final Clock clock;
  private final Semaphore turns;

  DefaultServedLook(
      ServedLookConfig config, RecursiveResolver resolver, TlsHandshake handshake, Clock clock) {
    this.config = config;
    this.resolver = resolver;
    this.handshake = handshake;
    this.clock = clock;
    this.turns = new Semaphore(config.concurrency());
  }

  @Override
  public Uni<List<ServedAddress>> look(ServedHost host, @Nullable Wanted wanted, Instant deadline) {
    return Uni.createFrom()
        .item(() -> at(host, wanted, deadline))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "The look at %s failed", host);
              return List.of(
                  ServedAddress.unknown(
                      host, null, "was not looked at: the look failed, and the log says why"));
            });
  }

  private List<ServedAddress> at(ServedHost host, @Nullable Wanted wanted, Instant deadline) {
    Addresses addresses = addresses(host, deadline);
    DnsReply.Failure failure = addresses.failure();
    if (addresses.all().isEmpty()) {
      return List.of(
          failure == null
              ? ServedAddress.unreachable(host, null, "has no address in the DNS")
              : ServedAddress.unknown(
                  host, null, "was not looked at: the resolver " + failure.why()));
    }
    List<InetAddress> all = addresses.all().stream().distinct().toList();
    Stream<ServedAddress> looked =
        all.stream()
            .limit(MOST_ADDRESSES)
            .gather(
                Gatherers.mapConcurrent(
                    MOST_ADDRESSES, address -> inTurn(host, address, wanted, deadline)));
    return Stream.concat(looked, unseen(host, all.size() - MOST_ADDRESSES, failure).stream())
        .toList();
  }

  /** Stands for the addresses that were not looked at, where a server may be stale. */
  private static Optional<ServedAddress> unseen(
      ServedHost host, int more, DnsReply.@Nullable Failure failure) {
    if (failure != null) {
      return Optional.of(
          ServedAddress.unknown(
              host,
              null,
              "was not looked at everywhere: for some of its addresses the resolver "
                  + failure.why()));
    }
    return more <= 0
        ? Optional.empty()
        : Optional.of(
            ServedAddress.unknown(
                host,
                null,
                "was not looked at everywhere: it has %d addresses more than the %d that are looked at"
                    .formatted(more, MOST_ADDRESSES)));
  }

  private Addresses addresses(ServedHost host, Instant deadline) {
    InetAddress given = host.address();
    DomainName name = host.name();
    if (given != null || name == null) {
      return new Addresses(given == null ? List.of() : List.of(given), null);
    }
    return Names.parse(name.ascii())
        .map(known -> resolver.knownAddresses(known, deadline))
        .orElse(new Addresses(List.of(), null));
  }

  private ServedAddress inTurn(
      ServedHost host, InetAddress address, @Nullable Wanted wanted, Instant deadline) {
    String shown = IpAddresses.canonical(address);
    if (!config.allowPrivateAddresses() && !PublicAddress.is(address)) {
      return ServedAddress.unreachable(
          host,
          shown,
          "is not on the public Internet and was not looked at;"
              + " polycert.served.allow-private-addresses allows that");
    }
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      if (!left.isPositive() || !turns.tryAcquire(left.toMillis(), TimeUnit.MILLISECONDS)) {
        return outOfTime(host, shown);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ServedAddress.unknown(host, shown, "was not looked at: the look was stopped");
    }
    try {
      return at(host, address, wanted, deadline);
    } finally {
      turns.release();
    }
  }

  private ServedAddress at(
      ServedHost host, InetAddress address, @Nullable Wanted wanted, Instant deadline) {
    Instant limit = clock.instant().plus(config.timeout());
    boolean hasty = deadline.isBefore(limit);
    Instant end = hasty ? deadline : limit;
    InetSocketAddress server = new InetSocketAddress(address, host.port());
    String spelled = IpAddresses.canonical(address);
    return switch (handshake.look(server, host.name(), null, end)) {
      case Shown.Nothing(String why) ->
          hasty && !clock.instant().isBefore(end)
              ? outOfTime(host, spelled)
              : ServedAddress.unreachable(host, spelled, why);
      case Shown.NoRoute() ->
          ServedAddress.unknown(
              host, spelled, "was not looked at: this machine has no route to the address");
      case Shown.Chain first ->
          new ServedVerdict(host, wanted, clock.instant())
              .of(spelled, best(first, host, server, wanted, end).chain());
    };
  }

  private static ServedAddress outOfTime(ServedHost host, String address) {
    return ServedAddress.unknown(host, address, "was not looked at: no time was left");
  }

  /**
   * A server may have certificates with two kinds of keys, and then shows the one that it prefers.
   */
  private Shown.Chain best(
      Shown.Chain first,
      ServedHost host,
      InetSocketAddress server,
      @Nullable Wanted wanted,
      Instant end) {
    ServedCertificate own = new ServedCertificate(first.chain().getFirst());
    String keyType = wanted == null ? null : wanted.keyType();
    if (wanted == null || own.is(wanted) || keyType == null || keyType.equals(own.keyType())) {
      return first;
    }
    return handshake.look(server, host.name(), keyType, end) instanceof Shown.Chain second
            && new ServedCertificate(second.chain().getFirst()).is(wanted)
        ? second
        : first;
  }
}
