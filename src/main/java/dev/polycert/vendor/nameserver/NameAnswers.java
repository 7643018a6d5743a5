package dev.polycert.vendor.nameserver;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WireRecords;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers questions about the zones that we serve, and no others. */
final class NameAnswers {
  private static final int TTL = 30;

  /** How long it may be remembered that a name does not exist: a record may come at any moment. */
  private static final int NEGATIVE_TTL = 5;

  /** What goes through networks in one piece (RFC 9715). */
  static final int UDP_MOST = 1232;

  private static final int UDP_WITHOUT_EDNS = 512;
  private static final int TCP_MOST = 65_535;
  private static final int LONGEST_CHAIN = 8;

  /** In the extended part of the response code (RFC 6891, section 6.1.3). */
  private static final int BADVERS = 1;

  private final List<String> zones;
  private final List<String> servers;
  private final ZoneRecords records;
  private final Clock clock;

  /**
   * @param zones A-labels, lower case, without the trailing dot
   * @param servers the names of our name servers, in the same form
   */
  NameAnswers(List<String> zones, List<String> servers, ZoneRecords records, Clock clock) {
    this.zones = List.copyOf(zones);
    this.servers = List.copyOf(servers);
    this.records = records;
    this.clock = clock;
  }

  /**
   * Answers one message.
   *
   * @param udp whether the answer must fit into a datagram, else it says that it is cut
   * @return empty when the message is no question and gets no answer
   */
  Optional<byte[]> answer(byte[] wire, boolean udp) {
    return read(wire).map(query -> answer(query).toWire(udp ? udpLimit(query) : TCP_MOST));
  }

  /** The answer to a sender that asks too much. It makes the sender ask again by TCP. */
  Optional<byte[]> cut(byte[] wire) {
    return read(wire)
        .filter(query -> query.getQuestion() != null)
        .map(
            query -> {
              Message answer = begin(query);
              answer.addRecord(query.getQuestion(), Section.QUESTION);
              answer.getHeader().setFlag(Flags.TC);
              return answer.toWire(UDP_WITHOUT_EDNS);
            });
  }

  private static Optional<Message> read(byte[] wire) {
    try {
      Message query = new Message(wire);
      return query.getHeader().getFlag(Flags.QR) ? Optional.empty() : Optional.of(query);
    } catch (IOException | RuntimeException malformed) {
      // The library has several exceptions for malformed messages, which get no answer.
      return Optional.empty();
    }
  }

  private static int udpLimit(Message query) {
    OPTRecord options = query.getOPT();
    return options == null
        ? UDP_WITHOUT_EDNS
        : Math.clamp(options.getPayloadSize(), UDP_WITHOUT_EDNS, UDP_MOST);
  }

  private static Message begin(Message query) {
    Message answer = new Message(query.getHeader().getID());
    Header header = answer.getHeader();
    header.setFlag(Flags.QR);
    header.setOpcode(query.getHeader().getOpcode());
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    return answer;
  }

  private Message answer(Message query) {
    Message answer = begin(query);
    Header header = answer.getHeader();
    OPTRecord options = query.getOPT();
    boolean otherVersion = options != null && options.getVersion() != 0;
    if (options != null) {
      int dnssecOk = options.getFlags() & ExtendedFlags.DO;
      answer.addRecord(
          new OPTRecord(UDP_MOST, otherVersion ? BADVERS : 0, 0, dnssecOk), Section.ADDITIONAL);
    }
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      header.setRcode(Rcode.NOTIMP);
      return answer;
    }
    if (query.getSection(Section.QUESTION).size() != 1) {
      header.setRcode(Rcode.FORMERR);
      return answer;
    }
    Record question = query.getQuestion();
    answer.addRecord(question, Section.QUESTION);
    if (otherVersion) {
      return answer;
    }
    Optional<String> zone = zone(question.getName());
    boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
    if (zone.isEmpty() || transfer || question.getDClass() != DClass.IN) {
      header.setRcode(Rcode.REFUSED);
      return answer;
    }
    header.setFlag(Flags.AA);
    fill(answer, question.getName(), question.getType(), zone.get());
    return answer;
  }

  private Optional<String> zone(Name name) {
    String text = text(name);
    return zones.stream()
        .filter(zone -> text.equals(zone) || text.endsWith("." + zone))
        .max((one, other) -> one.length() - other.length());
  }

  /** CNAMEs are followed within our zones; the code is that of the last name (RFC 6604). */
  private void fill(Message answer, Name asked, int type, String zone) {
    Name at = asked;
    Optional<String> in = Optional.of(zone);
    for (int steps = 0; steps < LONGEST_CHAIN && in.isPresent(); steps++) {
      List<Record> held = held(at, in.get());
      List<Record> found = held.stream().filter(record -> wanted(record, type)).toList();
      // One kind is enough for a question for all of them (RFC 8482, section 4.1).
      List<Record> shown =
          type == Type.ANY
              ? found.stream().filter(it -> it.getType() == found.getFirst().getType()).toList()
              : found;
      shown.forEach(record -> answer.addRecord(record, Section.ANSWER));
      if (!shown.isEmpty()) {
        return;
      }
      Optional<Record> alias = held.stream().filter(CNAMERecord.class::isInstance).findFirst();
      if (alias.isEmpty()) {
        negative(answer, at, in.get(), held.isEmpty());
        return;
      }
      answer.addRecord(alias.get(), Section.ANSWER);
      at = ((CNAMERecord) alias.get()).getTarget();
      in = zone(at);
    }
  }

  private static boolean wanted(Record record, int type) {
    return type == Type.ANY || record.getType() == type;
  }

  private void negative(Message answer, Name at, String zone, boolean nothing) {
    if (nothing && !records.anyBelow(text(at))) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    answer.addRecord(soa(name(zone), NEGATIVE_TTL), Section.AUTHORITY);
  }

  private List<Record> held(Name at, String zone) {
    List<Record> held = new ArrayList<>();
    String text = text(at);
    if (text.equals(zone)) {
      held.add(soa(at, TTL));
      servers.forEach(server -> held.add(new NSRecord(at, DClass.IN, TTL, name(server))));
    }
    for (DnsRecord record : records.at(text)) {
      held.add(wire(at, record));
    }
    return held;
  }

  /** The name is written as it was asked for. */
  private static Record wire(Name at, DnsRecord record) {
    try {
      return WireRecords.record(record, TTL).withName(at);
    } catch (TextParseException noName) {
      throw new IllegalStateException("no DNS name in " + record, noName);
    }
  }

  /** Nobody transfers the zone, so that the serial number need only grow. */
  private SOARecord soa(Name zone, int ttl) {
    Name server = name(servers.getFirst());
    long serial = clock.instant().getEpochSecond() & 0xffffffffL;
    return new SOARecord(
        zone,
        DClass.IN,
        ttl,
        server,
        name("hostmaster." + servers.getFirst()),
        serial,
        3600,
        600,
        86_400,
        NEGATIVE_TTL);
  }

  private static Name name(String text) {
    try {
      return WireRecords.name(text);
    } catch (TextParseException noName) {
      throw new IllegalArgumentException("no DNS name: " + text, noName);
    }
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
