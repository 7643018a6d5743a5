package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WireRecords;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Writes zones by signed dynamic updates (RFC 2136). */
final class UpdateWriter {
  /** Seconds that a resolver may keep a record. */
  private static final long TTL = 60;

  private final UpdateServer server;
  private final Caller caller;

  UpdateWriter(UpdateServer server, Caller caller) {
    this.server = server;
    this.caller = caller;
  }

  Uni<Answer<Optional<String>>> alias(String name, CallContext context) {
    return held(new DnsRecord(name, "CNAME", ""), context)
        .map(answer -> answer.map(held -> held.stream().findFirst().map(Record::rdataToString)));
  }

  Uni<Answer<Optional<String>>> find(DnsRecord record, CallContext context) {
    return held(record, context)
        .map(answer -> answer.map(held -> ours(held, record).map(found -> record.name())));
  }

  Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    return Answer.then(
        held(record, context),
        held ->
            ours(held.value(), record).isPresent()
                ? Answer.of(record.name()).now()
                : add(zone, record, ttl(held.value()), context));
  }

  /** All records of a set have one time to live (RFC 2181, section 5.2): that of the others. */
  private static long ttl(List<Record> held) {
    return held.isEmpty() ? TTL : held.getFirst().getTTL();
  }

  private Uni<Answer<String>> add(String zone, DnsRecord record, long ttl, WriteContext context) {
    return write("Add", zone, context, update -> addition(update, WireRecords.record(record, ttl)))
        .map(answer -> answer.map(added -> record.name()));
  }

  /**
   * A server answers an addition that would put a CNAME beside other records with success and does
   * nothing, and replaces another CNAME (RFC 2136, section 3.4.2.2). Both are made errors.
   */
  private static void addition(Update update, Record record) {
    if (record.getType() == Type.CNAME) {
      update.absent(record.getName());
    } else {
      update.absent(record.getName(), Type.CNAME);
    }
    update.add(record);
  }

  Uni<Answer<Boolean>> remove(String zone, DnsRecord record, WriteContext context) {
    return Answer.then(
        held(record, context),
        held ->
            ours(held.value(), record)
                .map(found -> delete(zone, found, context))
                .orElseGet(() -> Answer.of(false).now()));
  }

  private Uni<Answer<Boolean>> delete(String zone, Record found, WriteContext context) {
    return write("Delete", zone, context, update -> update.delete(found))
        .map(answer -> answer.map(deleted -> true));
  }

  private static Optional<Record> ours(List<Record> held, DnsRecord record) {
    return held.stream().filter(one -> WireRecords.same(one, record)).findFirst();
  }

  /** The records of the same name and type. */
  private Uni<Answer<List<Record>>> held(DnsRecord record, CallContext context) {
    Message query;
    try {
      query =
          Message.newQuery(
              Record.newRecord(
                  WireRecords.name(record.name()), Type.value(record.type()), DClass.IN));
    } catch (TextParseException noName) {
      return refused();
    }
    query.getHeader().unsetFlag(Flags.RD);
    return caller
        .read("Query", context, () -> server.send(query))
        .map(
            answer ->
                answer
                    .map(UpdateWriter::sameName)
                    .recover(error -> error.code().equals("NXDOMAIN"), List.of()));
  }

  private static List<Record> sameName(Message message) {
    Record question = message.getQuestion();
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == question.getType())
        .filter(record -> record.getName().equals(question.getName()))
        .toList();
  }

  /** Fills in what an update does. */
  @FunctionalInterface
  private interface Change {
    void make(Update update) throws TextParseException;
  }

  private Uni<Answer<Message>> write(
      String operation, String zone, WriteContext context, Change change) {
    Update update;
    try {
      update = new Update(WireRecords.name(zone));
      change.make(update);
    } catch (TextParseException noName) {
      return refused();
    }
    return caller.write(operation, context, () -> server.send(update));
  }

  private static <T> Uni<Answer<T>> refused() {
    return Answer.<T>refused(
            new VendorError(ErrorClass.FINAL, "Dns.BadName", "this is no DNS name"))
        .now();
  }
}
