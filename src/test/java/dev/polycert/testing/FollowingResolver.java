package dev.polycert.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * A resolver that begins at one server, and follows CNAMEs and delegations as resolvers do; but the
 * servers of a delegated zone are those that a test names, because all have the same address here.
 */
public final class FollowingResolver implements AutoCloseable {
  private static final int MOST_STEPS = 12;

  private final DatagramSocket socket;
  private final int root;
  private final Map<String, Integer> delegated;

  /**
   * @param root the port of the server that is asked first
   * @param delegated the ports of the servers of delegated zones
   */
  public FollowingResolver(int root, Map<String, Integer> delegated) {
    this.root = root;
    this.delegated = Map.copyOf(delegated);
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** As settings name it. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      try {
        socket.receive(packet);
      } catch (IOException closed) {
        return;
      }
      Thread.ofVirtual().start(() -> answer(packet));
    }
  }

  private void answer(DatagramPacket packet) {
    try {
      Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
      Message answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setFlag(Flags.RA);
      answer.addRecord(query.getQuestion(), Section.QUESTION);
      resolve(query.getQuestion(), answer);
      byte[] wire = answer.toWire(4096);
      socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
    } catch (IOException unanswered) {
      // The one who asks asks again.
    }
  }

  private void resolve(Record question, Message answer) throws IOException {
    Name at = question.getName();
    int port = root;
    for (int i = 0; i < MOST_STEPS; i++) {
      Message heard = ask(port, at, question.getType());
      Optional<Integer> below = port == root ? delegation(heard) : Optional.empty();
      if (below.isPresent()) {
        port = below.get();
        continue;
      }
      Name next = at;
      for (Record record : heard.getSection(Section.ANSWER)) {
        answer.addRecord(record, Section.ANSWER);
        if (record instanceof CNAMERecord alias && question.getType() != Type.CNAME) {
          next = alias.getTarget();
        }
      }
      boolean found =
          heard.getSection(Section.ANSWER).stream()
              .anyMatch(record -> record.getType() == question.getType());
      if (found || next.equals(at)) {
        answer.getHeader().setRcode(heard.getRcode());
        heard.getSection(Section.AUTHORITY).forEach(it -> answer.addRecord(it, Section.AUTHORITY));
        return;
      }
      at = next;
      port = root;
    }
  }

  /** The server of the zone that an answer refers to. */
  private Optional<Integer> delegation(Message heard) {
    return heard.getSection(Section.ANSWER).isEmpty()
        ? heard.getSection(Section.AUTHORITY).stream()
            .filter(record -> record.getType() == Type.NS)
            .map(record -> delegated.get(record.getName().toString(true)))
            .flatMap(port -> Optional.ofNullable(port).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Message ask(int port, Name name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress("127.0.0.1", port));
    resolver.setTimeout(Duration.ofSeconds(2));
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    return resolver.send(query);
  }

  @Override
  public void close() {
    socket.close();
  }
}
