package dev.polycert.vendor.rfc2136;

import dev.polycert.whole.fuzz.Mutator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;

/**
 * A name server with the right key that answers whatever comes to its mind: over UDP and TCP at one
 * port, and always something.
 */
final class HostileNameServer implements AutoCloseable {
  private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

  private final DatagramSocket udp = new DatagramSocket(0, HOST);
  private final ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 50, HOST);
  private final TSIG key;
  private SplittableRandom random = new SplittableRandom(0);
  private Mutator mutator = new Mutator(random);
  private long answered;

  HostileNameServer(String name, String secret) throws IOException {
    key = new TSIG(TSIG.HMAC_SHA256, name + ".", secret);
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  int port() {
    return udp.getLocalPort();
  }

  synchronized void begin(long seed) {
    random = new SplittableRandom(seed);
    mutator = new Mutator(random);
    answered = 0;
  }

  /** How many bytes were answered since it began. */
  synchronized long answered() {
    return answered;
  }

  private void serveUdp() {
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(query);
        // A datagram holds no more than that.
        int length = Math.min(answer.length, 60_000);
        udp.send(new DatagramPacket(answer, length, packet.getSocketAddress()));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket connection = tcp.accept()) {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (SocketException closed) {
        // Or reset by a client that has seen enough.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private synchronized byte[] answer(byte[] wire) throws IOException {
    Message query = new Message(wire);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setOpcode(query.getHeader().getOpcode());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(rcode());
    Record question = query.getQuestion();
    if (question != null && random.nextInt(10) != 0) {
      answer.addRecord(question, Section.QUESTION);
    }
    Name asked = question == null ? Name.root : question.getName();
    records(answer, mutator.pick(List.of(asked, asked, Name.root)));
    if (random.nextInt(10) != 0) {
      key.apply(answer, random.nextInt(20) == 0 ? null : query.getTSIG());
    }
    byte[] valid = answer.toWire();
    byte[] bytes = random.nextInt(3) == 0 ? identified(mutator.bytes(valid), wire) : valid;
    answered += bytes.length;
    return bytes;
  }

  /** What has another id is no answer, and the right one is waited for. */
  private static byte[] identified(byte[] answer, byte[] query) {
    byte[] whole = Arrays.copyOf(answer, Math.max(answer.length, 2));
    System.arraycopy(query, 0, whole, 0, 2);
    return whole;
  }

  private int rcode() {
    return random.nextInt(3) != 0
        ? Rcode.NOERROR
        : mutator.pick(
            List.of(
                Rcode.FORMERR,
                Rcode.SERVFAIL,
                Rcode.NXDOMAIN,
                Rcode.NOTIMP,
                Rcode.REFUSED,
                Rcode.YXDOMAIN,
                Rcode.NXRRSET,
                Rcode.NOTAUTH,
                Rcode.NOTZONE,
                11,
                15));
  }

  private void records(Message answer, Name name) {
    for (int i = random.nextInt(4); i > 0; i--) {
      Record record =
          mutator.pick(
              List.of(
                  new TXTRecord(name, DClass.IN, 60, "token"),
                  new TXTRecord(name, DClass.IN, 2_147_483_647L, List.of("to", "ken")),
                  new TXTRecord(name, DClass.CH, 0, List.of("", "\u00ff".repeat(127))),
                  new CNAMERecord(name, DClass.IN, 60, Name.root),
                  new SOARecord(name, DClass.IN, 60, Name.root, Name.root, 1, 2, 3, 4, 5)));
      answer.addRecord(
          record, mutator.pick(List.of(Section.ANSWER, Section.ANSWER, Section.AUTHORITY)));
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
