package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Decoder.Decoded;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;

/** Sends signed messages to one server: over UDP, and over TCP when no whole answer comes back. */
final class UpdateServer {
  private static final Duration UDP = Duration.ofSeconds(2);
  private static final Duration TCP = Duration.ofSeconds(5);

  private final String host;
  private final int port;
  private final TSIG key;

  UpdateServer(String host, int port, TSIG key) {
    this.host = host;
    this.port = port;
    this.key = key;
  }

  /** Sends a message on a virtual thread. */
  Uni<Decoded<Message>> send(Message message) {
    return Uni.createFrom()
        .item(() -> exchange(message))
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  /**
   * A lost datagram is not told from a lost answer; sending again does no harm, because what the
   * same update adds or deletes twice is added or deleted once.
   */
  private Decoded<Message> exchange(Message message) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return broken("Transport.Unreachable", "the server's host name does not resolve");
    }
    try {
      return TsigErrors.judge(send(message, address, false, UDP));
    } catch (CompletionException lost) {
      try {
        return TsigErrors.judge(send(message, address, true, TCP));
      } catch (CompletionException lostToo) {
        return lostToo.getCause() instanceof TimeoutException
            ? broken("Transport.Timeout", "no answer in time, neither over UDP nor over TCP")
            : broken(
                "Transport.Broken", "cannot be reached or answers malformed over UDP and over TCP");
      }
    }
  }

  private Message send(Message message, InetSocketAddress address, boolean tcp, Duration limit) {
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

  private static Decoded<Message> broken(String code, String message) {
    return new Decoded.Error<>(new VendorError(ErrorClass.RETRY, code, message));
  }
}
