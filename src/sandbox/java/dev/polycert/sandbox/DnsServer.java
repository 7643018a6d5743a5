package dev.polycert.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Serves the sandbox's DNS over UDP and TCP. */
@ApplicationScoped
class DnsServer {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final DnsAnswers answers;
  private @Nullable DatagramSocket udp;
  private @Nullable NetServer tcp;

  DnsServer(Vertx vertx, DnsAnswers answers) {
    this.vertx = vertx;
    this.answers = answers;
  }

  /**
   * Listens on one port for both.
   *
   * @param port 0 for any free one
   * @return the port
   */
  Future<Integer> start(int port) {
    NetServer server = vertx.createNetServer().connectHandler(this::converse);
    DatagramSocket socket = vertx.createDatagramSocket();
    tcp = server;
    udp = socket;
    return server
        .listen(port, HOST)
        .compose(
            listening ->
                socket
                    .handler(packet -> reply(socket, packet))
                    .listen(listening.actualPort(), HOST)
                    .map(bound -> listening.actualPort()));
  }

  Future<Void> stop() {
    Future<Void> udpClosed = udp == null ? Future.succeededFuture() : udp.close();
    Future<Void> tcpClosed = tcp == null ? Future.succeededFuture() : tcp.close();
    return Future.join(udpClosed, tcpClosed).mapEmpty();
  }

  private void reply(DatagramSocket socket, DatagramPacket packet) {
    answers
        .answer(packet.data().getBytes(), true)
        .ifPresent(
            wire ->
                socket.send(Buffer.buffer(wire), packet.sender().port(), packet.sender().host()));
  }

  /** Messages over TCP come with their length in two bytes before them (RFC 1035, 4.2.2). */
  private void converse(NetSocket socket) {
    RecordParser parser = RecordParser.newFixed(2, socket);
    boolean[] inMessage = {false};
    parser.handler(
        part -> {
          if (!inMessage[0] && part.getUnsignedShort(0) > 0) {
            parser.fixedSizeMode(part.getUnsignedShort(0));
            inMessage[0] = true;
          } else if (inMessage[0]) {
            parser.fixedSizeMode(2);
            inMessage[0] = false;
            answers
                .answer(part.getBytes(), false)
                .ifPresent(
                    wire ->
                        socket.write(
                            Buffer.buffer().appendUnsignedShort(wire.length).appendBytes(wire)));
          }
        });
  }
}
