package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/**
 * Sends messages to the configured server, signed with the configured key: over UDP, and over TCP
 * when no whole answer comes back.
 */
final class UpdateServer {
  private static final int DNS_PORT = 53;
  private static final Duration UDP = Duration.ofSeconds(2);
  private static final Duration TCP = Duration.ofSeconds(5);

  private final Account account;
  private final UpdateKey signing;
  private final @Nullable URI endpoint;
  private final String setting;
  private final Clock clock;

  /**
   * @param setting the environment variable of the address
   */
  UpdateServer(
      Account account, UpdateKey signing, Optional<URI> endpoint, String setting, Clock clock) {
    this.account = account;
    this.signing = signing;
    this.endpoint = endpoint.orElse(null);
    this.setting = setting;
    this.clock = clock;
  }

  /** Sends a message; without a server or a usable key there is only an error. */
  Uni<Exchange<Message>> send(Message message) {
    if (!account.configured() || endpoint == null) {
      return without(account.<Message>unconfigured());
    }
    Optional<String> wrong = wrong(setting, endpoint);
    if (wrong.isPresent()) {
      return without(misconfigured(wrong.get()));
    }
    TSIG key;
    try {
      key = signing.key(clock);
    } catch (TextParseException | IllegalArgumentException malformed) {
      // The library's message may contain the secret.
      return without(misconfigured(signing.rules()));
    }
    String host = endpoint.getHost();
    int port = endpoint.getPort() < 0 ? DNS_PORT : endpoint.getPort();
    return Uni.createFrom()
        .item(() -> Exchange.of(exchange(message, new InetSocketAddress(host, port), key)))
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  /** What is wrong with the address of a server. */
  static Optional<String> wrong(String setting, URI endpoint) {
    return "dns".equals(endpoint.getScheme()) && endpoint.getHost() != null
        ? Optional.empty()
        : Optional.of(setting + " is dns://host or dns://host:port, not " + endpoint);
  }

  private static Uni<Exchange<Message>> without(Answer<Message> answer) {
    return Uni.createFrom().item(Exchange.of(answer));
  }

  private static Answer<Message> misconfigured(String message) {
    return Answer.refused(new VendorError(ErrorClass.CREDENTIALS, "Configuration", message));
  }

  /**
   * A lost datagram cannot be distinguished from a lost answer; sending again does no harm, because
   * what the same update adds or deletes twice is added or deleted once.
   */
  private static Answer<Message> exchange(Message message, InetSocketAddress address, TSIG key) {
    if (address.isUnresolved()) {
      return broken("Transport.Unreachable", "the server's host name does not resolve");
    }
    try {
      return TsigErrors.judge(send(message, address, key, false, UDP));
    } catch (CompletionException lost) {
      try {
        return TsigErrors.judge(send(message, address, key, true, TCP));
      } catch (CompletionException lostToo) {
        return lostToo.getCause() instanceof TimeoutException
            ? broken("Transport.Timeout", "no answer in time, neither over UDP nor over TCP")
            : broken(
                "Transport.Broken", "cannot be reached or answers malformed over UDP and over TCP");
      }
    }
  }

  private static Message send(
      Message message, InetSocketAddress address, TSIG key, boolean tcp, Duration limit) {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTCP(tcp);
    resolver.setTSIGKey(key);
    resolver.setTimeout(limit);
    // EDNS has no place in an update; it would be added to it.
    return resolver
        .sendAsync(message.clone(), Runnable::run)
        .toCompletableFuture()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private static Answer<Message> broken(String code, String message) {
    return Answer.refused(new VendorError(ErrorClass.RETRY, code, message));
  }
}
