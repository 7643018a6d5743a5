package dev.polycert.vendor.nameserver;

import dev.polycert.domain.DnsNames;
import dev.polycert.startup.StartupCheck;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers questions about our zones by UDP and TCP, where an address is configured. */
@ApplicationScoped
public class NameServer implements StartupCheck {
  private static final Logger LOG = Logger.getLogger(NameServer.class);
  private static final Duration LOADS_WITHIN = Duration.ofSeconds(30);
  private static final int IDLE_SECONDS = 10;
  private static final int MOST_CONNECTIONS = 200;

  private final Vertx vertx;
  private final NameServerConfig config;
  private final NameServerWriter writer;
  private final Clock clock;
  private final AnswerRate udpRate;
  private final AnswerRate tcpRate;
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable DatagramSocket udp;
  private @Nullable NetServer tcp;

  NameServer(Vertx vertx, NameServerConfig config, NameServerWriter writer, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.writer = writer;
    this.clock = clock;
    this.udpRate = new AnswerRate(config.answersPerSecond(), clock);
    this.tcpRate = new AnswerRate(config.answersPerSecond(), clock);
  }

  @Override
  public List<String> wrong() {
    return config
        .listen()
        .filter(address -> !address.isBlank())
        .map(address -> StartupCheck.of(() -> Address.parse(address), this::names))
        .orElse(List.of());
  }

  /** The DNS library is loaded here, and not where no address is configured. */
  void start(@Observes StartupEvent event) {
    Optional<String> listen = config.listen().filter(address -> !address.isBlank());
    if (listen.isEmpty()) {
      return;
    }
    Address address = Address.parse(listen.get());
    NameAnswers answers = new NameAnswers(writer.zones(), names(), writer.records(), clock);
    writer.records().load().await().atMost(LOADS_WITHIN);
    NetServer server =
        vertx
            .createNetServer(new NetServerOptions().setIdleTimeout(IDLE_SECONDS))
            .connectHandler(socket -> converse(socket, answers));
    DatagramSocket socket =
        vertx.createDatagramSocket(
            new DatagramSocketOptions().setIpV6(address.host().indexOf(':') >= 0));
    socket.handler(packet -> reply(socket, packet, answers));
    await(server.listen(address.port(), address.host()));
    await(socket.listen(server.actualPort(), address.host()));
    tcp = server;
    udp = socket;
    LOG.infof(
        "Answering the DNS at %s, port %d, for %s",
        address.host(), server.actualPort(), String.join(", ", writer.zones()));
  }

  /** The port that it listens on. */
  public int port() {
    if (tcp == null) {
      throw new IllegalStateException("the name server is not enabled");
    }
    return tcp.actualPort();
  }

  void stop(@Observes ShutdownEvent event) {
    if (udp != null && tcp != null) {
      await(udp.close());
      await(tcp.close());
    }
  }

  /**
   * The names of our servers.
   *
   * @throws IllegalStateException when there are none, or one is in a zone of ours, which holds no
   *     addresses
   */
  private List<String> names() {
    List<String> names =
        config.names().orElse(List.of()).stream().map(DnsNames::canonical).toList();
    if (writer.zones().isEmpty() || names.isEmpty()) {
      throw new IllegalStateException(
          "POLYCERT_NAME_SERVER_LISTEN needs POLYCERT_NAME_SERVER_NAMES and"
              + " POLYCERT_DNS_WRITER__NAMESERVER__ZONES");
    }
    for (String name : names) {
      for (String zone : writer.zones()) {
        if (name.equals(zone) || name.endsWith("." + zone)) {
          throw new IllegalStateException(
              "POLYCERT_NAME_SERVER_NAMES: %s is in the zone %s, which holds no addresses: name the server outside of it"
                  .formatted(name, zone));
        }
      }
    }
    return names;
  }

  private void reply(DatagramSocket socket, DatagramPacket packet, NameAnswers answers) {
    String sender = packet.sender().hostAddress();
    byte[] question = packet.data().getBytes();
    Optional<byte[]> answer =
        switch (udpRate.next(sender)) {
          case SEND -> answers.answer(question, true);
          case CUT -> answers.cut(question);
          case DROP -> Optional.empty();
        };
    answer.ifPresent(wire -> socket.send(Buffer.buffer(wire), packet.sender().port(), sender));
  }

  /** Messages by TCP come with their length in two bytes before them (RFC 1035, 4.2.2). */
  private void converse(NetSocket socket, NameAnswers answers) {
    if (connections.incrementAndGet() > MOST_CONNECTIONS) {
      connections.decrementAndGet();
      socket.close();
      return;
    }
    socket.closeHandler(closed -> connections.decrementAndGet());
    String sender = socket.remoteAddress().hostAddress();
    RecordParser parser = RecordParser.newFixed(2, socket);
    boolean[] inMessage = {false};
    parser.handler(
        part -> {
          if (!inMessage[0]) {
            int length = part.getUnsignedShort(0);
            if (length == 0) {
              socket.close();
              return;
            }
            parser.fixedSizeMode(length);
            inMessage[0] = true;
            return;
          }
          parser.fixedSizeMode(2);
          inMessage[0] = false;
          Optional<byte[]> answer =
              tcpRate.next(sender) == AnswerRate.Verdict.SEND
                  ? answers.answer(part.getBytes(), false)
                  : Optional.empty();
          answer.ifPresentOrElse(wire -> send(socket, wire), socket::close);
        });
  }

  /** A client that does not read its answers gets no more of them. */
  private static void send(NetSocket socket, byte[] wire) {
    if (socket.writeQueueFull()) {
      socket.close();
    } else {
      socket.write(Buffer.buffer().appendUnsignedShort(wire.length).appendBytes(wire));
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** Where to listen. */
  private record Address(String host, int port) {

    private static Address parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
      try {
        int port = Integer.parseInt(text.substring(colon + 1).strip());
        if (!host.isBlank() && port >= 0 && port <= 65_535) {
          return new Address(host.strip(), port);
        }
      } catch (NumberFormatException noPort) {
        // Reported below.
      }
      throw new IllegalStateException(
          "POLYCERT_NAME_SERVER_LISTEN: '%s' is no address and port: write 192.0.2.1:53 or [2001:db8::1]:53"
              .formatted(text));
    }
  }
}
