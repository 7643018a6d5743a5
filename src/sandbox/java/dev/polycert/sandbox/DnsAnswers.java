package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
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
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Answers DNS queries as the authoritative server of every owned domain (RFC 1034, 2308). */
@ApplicationScoped
class DnsAnswers {
  private static final String NAME_SERVER = "ns.sandbox.test";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int TTL = 1;
  private static final int CNAME_DEPTH = 8;
  private static final int TXT_STRING = 255;
  private static final int EDNS_PAYLOAD = 1232;
  private static final int UDP_WITHOUT_EDNS = 512;
  private static final int TCP_MOST = 65535;

  private final DnsRecords records;
  private final OwnedDomains domains;

  DnsAnswers(DnsRecords records, OwnedDomains domains) {
    this.records = records;
    this.domains = domains;
  }

  /**
   * Answers one message.
   *
   * @param udp whether to truncate the answer to what the client takes over UDP
   * @return empty when the message is no DNS query and gets no answer
   */
  Optional<byte[]> answer(byte[] wire, boolean udp) {
    Message query;
    try {
      query = new Message(wire);
    } catch (IOException e) {
      return Optional.empty();
    }
    return query.getHeader().getFlag(Flags.QR)
        ? Optional.empty()
        : Optional.of(answer(query).toWire(udp ? udpLimit(query) : TCP_MOST));
  }

  /** RFC 6891, 6.2.3. */
  private static int udpLimit(Message query) {
    return query.getOPT() == null
        ? UDP_WITHOUT_EDNS
        : Math.max(UDP_WITHOUT_EDNS, query.getOPT().getPayloadSize());
  }

  private Message answer(Message query) {
    Message answer = new Message(query.getHeader().getID());
    Header header = answer.getHeader();
    header.setFlag(Flags.QR);
    header.setOpcode(query.getHeader().getOpcode());
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    if (query.getOPT() != null) {
      answer.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0), Section.ADDITIONAL);
    }
    Record question = query.getQuestion();
    if (question == null) {
      header.setRcode(Rcode.FORMERR);
      return answer;
    }
    answer.addRecord(question, Section.QUESTION);
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      header.setRcode(Rcode.NOTIMP);
    } else if (question.getDClass() != DClass.IN || !serves(text(question.getName()))) {
      header.setRcode(Rcode.REFUSED);
    } else {
      header.setFlag(Flags.AA);
      fill(answer, question.getName(), question.getType());
    }
    return answer;
  }

  private boolean serves(String name) {
    return domains.owns(name) || name.equals(NAME_SERVER);
  }

  /** Follows CNAMEs; the response code is that of the last name in the chain (RFC 6604). */
  private void fill(Message answer, Name asked, int type) {
    Name at = asked;
    for (int depth = 0; depth < CNAME_DEPTH; depth++) {
      List<Record> found = find(at, type);
      if (!found.isEmpty()) {
        found.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return;
      }
      List<Record> aliases = find(at, Type.CNAME);
      if (aliases.isEmpty()) {
        negative(answer, at);
        return;
      }
      answer.addRecord(aliases.getFirst(), Section.ANSWER);
      at = ((CNAMERecord) aliases.getFirst()).getTarget();
      if (!serves(text(at))) {
        return;
      }
    }
    answer.getHeader().setRcode(Rcode.SERVFAIL);
  }

  private void negative(Message answer, Name at) {
    String name = text(at);
    String apex = domains.registrable(name);
    if (!records.exists(name) && !name.equals(apex) && !name.equals(NAME_SERVER)) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    answer.addRecord(soa(name(apex)), Section.AUTHORITY);
  }

  private List<Record> find(Name name, int type) {
    String plain = text(name);
    boolean apex = plain.equals(domains.registrable(plain));
    List<Record> found = new ArrayList<>();
    for (String value : records.get(plain, Type.string(type))) {
      found.add(record(name, type, value));
    }
    if (found.isEmpty() && apex && type == Type.SOA) {
      found.add(soa(name));
    } else if (found.isEmpty() && apex && type == Type.NS) {
      found.add(new NSRecord(name, DClass.IN, TTL, name(NAME_SERVER)));
    } else if (found.isEmpty() && type == Type.A && plain.equals(NAME_SERVER)) {
      found.add(record(name, Type.A, LOOPBACK));
    }
    return found;
  }

  private SOARecord soa(Name apex) {
    return new SOARecord(
        apex, DClass.IN, TTL, name(NAME_SERVER), name("hostmaster.sandbox.test"), 1, 60, 60, 60, 1);
  }

  /**
   * Makes a record of a value as the control API takes it.
   *
   * @throws IllegalArgumentException when the value does not fit the type
   */
  static Record record(Name name, int type, String value) {
    try {
      if (type == Type.TXT) {
        return new TXTRecord(name, DClass.IN, TTL, strings(value));
      }
      return Record.fromString(name, type, DClass.IN, TTL, value, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException("no " + Type.string(type) + " record: " + value, e);
    }
  }

  /** Cuts a text into strings of 255 bytes (RFC 1035, 3.3.14), escaped as dnsjava reads them. */
  private static List<String> strings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    List<String> strings = new ArrayList<>();
    for (int from = 0; from == 0 || from < bytes.length; from += TXT_STRING) {
      StringBuilder escaped = new StringBuilder();
      for (byte b : Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + TXT_STRING))) {
        escaped.append("\\%03d".formatted(b & 0xff));
      }
      strings.add(escaped.toString());
    }
    return strings;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("no DNS name: " + text, e);
    }
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
