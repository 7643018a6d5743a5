package dev.polycert.look;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server on a loopback address, over UDP and TCP, that answers from a list of records. */
final class FakeDnsServer implements AutoCloseable {
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final List<Record> records = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean authoritative = true;
  private volatile boolean silent;
  private volatile boolean truncating;
  private volatile boolean validating;
  private volatile int rcode = Rcode.NOERROR;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, String> negatives = new ConcurrentHashMap<>();
  private final Map<String, Record> delegations = new ConcurrentHashMap<>();

  private FakeDnsServer(String address, int port) throws IOException {
    InetAddress host = InetAddress.ofLiteral(address);
    tcp = new ServerSocket(port, 10, host);
    try {
      udp = new DatagramSocket(new InetSocketAddress(host, tcp.getLocalPort()));
    } catch (IOException taken) {
      tcp.close();
      throw taken;
    }
    Thread.startVirtualThread(this::serveUdp);
    Thread.startVirtualThread(this::serveTcp);
  }

  /** Starts a server on each of the addresses, all on one port that is free on them all. */
  static List<FakeDnsServer> start(String... addresses) throws IOException {
    IOException last = new IOException("no address");
    for (int attempt = 0; attempt < 20; attempt++) {
      List<FakeDnsServer> started = new ArrayList<>();
      try {
        for (String address : addresses) {
          started.add(
              new FakeDnsServer(address, started.isEmpty() ? 0 : started.getFirst().port()));
        }
        return started;
      } catch (IOException taken) {
        last = taken;
        for (FakeDnsServer server : started) {
          server.close();
        }
      }
    }
    throw last;
  }

  int port() {
    return tcp.getLocalPort();
  }

  /** {@code address:port}. */
  String address() {
    return tcp.getInetAddress().getHostAddress() + ":" + port();
  }

  /** Adds a record: name, type, data. */
  FakeDnsServer add(String name, String type, String data) {
    try {
      records.add(
          Record.fromString(
              Name.fromString(name, Name.root), Type.value(type), DClass.IN, 60, data, Name.root));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
    return this;
  }

  /** Adds a zone, whose SOA goes into negative answers. */
  FakeDnsServer zone(String name) {
    return add(name, "SOA", "ns.%s. admin.%s. 1 60 60 60 60".formatted(name, name));
  }

  FakeDnsServer recursive() {
    authoritative = false;
    return this;
  }

  FakeDnsServer silent() {
    silent = true;
    return this;
  }

  FakeDnsServer truncating() {
    truncating = true;
    return this;
  }

  /** Fails on every name, as where DNSSEC does not hold, unless the question turns checking off. */
  FakeDnsServer validating() {
    validating = true;
    return this;
  }

  FakeDnsServer failing(int code) {
    rcode = code;
    return this;
  }

  /** Fails for one name alone. */
  FakeDnsServer failing(String name, int code) {
    failures.put(name, code);
    return this;
  }

  /** Answers for a type of that name all the same. */
  void working(String name, String type) {
    failures.put(name + " " + type, Rcode.NOERROR);
  }

  /** Adds the SOA of a zone to every answer about a name. */
  void negative(String name, String zone) {
    negatives.put(name, zone);
  }

  /** Answers with the servers of a zone below in place of its records. */
  void delegates(String zone, String server) {
    try {
      delegations.put(
          zone,
          Record.fromString(
              Name.fromString(zone, Name.root), Type.NS, DClass.IN, 60, server, Name.root));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** The questions so far, as {@code udp TXT a.example.com}, with {@code +rd} when recursive. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        Message answer = answer(new Message(buffer.clone()), "udp");
        if (answer != null) {
          byte[] wire = answer.toWire();
          udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        // the loop's condition ends it
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        Message answer = answer(new Message(in.readNBytes(in.readUnsignedShort())), "tcp");
        if (answer != null) {
          byte[] wire = answer.toWire();
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(wire.length);
          out.write(wire);
          out.flush();
        }
      } catch (IOException closed) {
        // the loop's condition ends it
      }
    }
  }

  private @Nullable Message answer(Message query, String transport) {
    Record question = query.getQuestion();
    asked.add(
        "%s %s %s%s"
            .formatted(
                transport,
                Type.string(question.getType()),
                question.getName().toString(true),
                query.getHeader().getFlag(Flags.RD) ? " +rd" : ""));
    if (silent) {
      return null;
    }
    String name = question.getName().toString(true);
    int usual = validating && !query.getHeader().getFlag(Flags.CD) ? Rcode.SERVFAIL : rcode;
    int code =
        failures.getOrDefault(
            name + " " + Type.string(question.getType()), failures.getOrDefault(name, usual));
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(code);
    answer.addRecord(question, Section.QUESTION);
    if (authoritative) {
      answer.getHeader().setFlag(Flags.AA);
    }
    if (truncating && transport.equals("udp")) {
      answer.getHeader().setFlag(Flags.TC);
    } else if (code == Rcode.NOERROR) {
      Optional<Record> delegation =
          delegations.values().stream()
              .filter(ns -> question.getName().subdomain(ns.getName()))
              .findFirst();
      if (delegation.isPresent()) {
        answer.getHeader().unsetFlag(Flags.AA);
        answer.addRecord(delegation.get(), Section.AUTHORITY);
      } else {
        fill(answer, question);
      }
    }
    return answer;
  }

  private void fill(Message answer, Record question) {
    records.stream()
        .filter(r -> r.getName().equals(question.getName()))
        .filter(r -> r.getType() == question.getType() || r.getType() == Type.CNAME)
        .forEach(r -> answer.addRecord(r, Section.ANSWER));
    String negative = negatives.get(question.getName().toString(true));
    if (negative != null) {
      records.stream()
          .filter(r -> r instanceof SOARecord && r.getName().toString(true).equals(negative))
          .forEach(soa -> answer.addRecord(soa, Section.AUTHORITY));
    }
    if (answer.getSection(Section.ANSWER).isEmpty()) {
      if (records.stream().noneMatch(r -> r.getName().subdomain(question.getName()))) {
        answer.getHeader().setRcode(Rcode.NXDOMAIN);
      }
      records.stream()
          .filter(SOARecord.class::isInstance)
          .filter(soa -> question.getName().subdomain(soa.getName()))
          .max(Comparator.comparing(soa -> soa.getName().labels()))
          .ifPresent(soa -> answer.addRecord(soa, Section.AUTHORITY));
    }
  }
}
