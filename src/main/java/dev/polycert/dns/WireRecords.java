package dev.polycert.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** Converts between records as the rest of the program has them and as the DNS library has them. */
public final class WireRecords {
  /** One character-string holds no more (RFC 1035, section 3.3). */
  private static final int LONGEST_STRING = 255;

  private WireRecords() {}

  /** Reads a full name without the trailing dot. */
  public static Name name(String text) throws TextParseException {
    return Name.fromString(text, Name.root);
  }

  /** The record with a time to live of so many seconds. */
  public static Record record(DnsRecord record, long ttl) throws TextParseException {
    Name name = name(record.name());
    return record.type().equals("CNAME")
        ? new CNAMERecord(name, DClass.IN, ttl, name(record.value()))
        : new TXTRecord(name, DClass.IN, ttl, strings(record.value()));
  }

  /** Whether a record of the same name and type holds the same value. */
  public static boolean same(Record held, DnsRecord record) {
    return switch (held) {
      case TXTRecord txt -> joined(txt).equals(record.value());
      case CNAMERecord cname -> cname.getTarget().toString(true).equalsIgnoreCase(record.value());
      default -> false;
    };
  }

  private static String joined(TXTRecord txt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    txt.getStringsAsByteArrays().forEach(bytes::writeBytes);
    return bytes.toString(UTF_8);
  }

  private static List<String> strings(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    List<String> strings = new ArrayList<>();
    for (int at = 0; at == 0 || at < bytes.length; at += LONGEST_STRING) {
      strings.add(
          escaped(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + LONGEST_STRING))));
    }
    return strings;
  }

  /** The library reads strings as a zone file has them: a backslash starts an escape. */
  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\\';
      text.append(plain ? String.valueOf((char) b) : "\\%03d".formatted(b & 0xff));
    }
    return text.toString();
  }
}
