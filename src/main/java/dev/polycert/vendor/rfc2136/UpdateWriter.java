package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Failure;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Writes zones by signed dynamic updates (RFC 2136). */
final class UpdateWriter implements DnsWriter {
  static final String ID = "rfc2136";

  /** Seconds that a resolver may keep a record. */
  private static final long TTL = 60;

  /** The server is one's own. */
  private static final Map<String, Double> LIMITS = Map.of("*", 50.0);

  private final Duration propagation;
  private final UpdateAccount account;
  private final Caller calls;

  UpdateWriter(Config config, WriterConfig writers, Callers calls, Clock clock) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(1));
    this.account = new UpdateAccount(config, settings.endpoint(), clock);
    this.calls = calls.of(ID, LIMITS);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> missing() {
    return account.missing();
  }

  @Override
  public Duration propagation() {
    return propagation;
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return Answer.then(
        held(record, context),
        held -> Result.value(ours(held.value(), record).map(found -> record.name()), null));
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, CallContext context) {
    return Answer.then(
        held(record, context),
        held ->
            ours(held.value(), record).isPresent()
                ? Result.value(record.name(), null)
                : add(zone, record, ttl(held.value()), context));
  }

  /** All records of a set have one time to live (RFC 2181, section 5.2): that of the others. */
  private static long ttl(List<Record> held) {
    return held.isEmpty() ? TTL : held.getFirst().getTTL();
  }

  private Uni<Answer<String>> add(String zone, DnsRecord record, long ttl, CallContext context) {
    return Answer.then(
        write("Add", zone, context, update -> addition(update, Texts.record(record, ttl))),
        added -> Result.value(record.name(), null));
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

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, CallContext context) {
    return Answer.then(
        held(record, context),
        held ->
            ours(held.value(), record)
                .map(found -> delete(zone, found, context))
                .orElseGet(() -> Result.value(false, null)));
  }

  private Uni<Answer<Boolean>> delete(String zone, Record found, CallContext context) {
    return Answer.then(
        write("Delete", zone, context, update -> update.delete(found)),
        deleted -> Result.value(true, null));
  }

  private static Optional<Record> ours(List<Record> held, DnsRecord record) {
    return held.stream().filter(one -> Texts.same(one, record)).findFirst();
  }

  /** The records of the same name and type. */
  private Uni<Answer<List<Record>>> held(DnsRecord record, CallContext context) {
    Message query;
    try {
      query =
          Message.newQuery(
              Record.newRecord(Texts.name(record.name()), Type.value(record.type()), DClass.IN));
    } catch (TextParseException noName) {
      return refused();
    }
    query.getHeader().unsetFlag(Flags.RD);
    return calls.read("Query", context, () -> account.send(query)).map(UpdateWriter::held);
  }

  private static Answer<List<Record>> held(Answer<Message> answer) {
    return switch (answer) {
      case Answer.Success<Message>(Message message, var requestId) ->
          new Answer.Success<>(sameName(message), requestId);
      case Answer.Failed<Message>(Failure.Refused(VendorError error))
          when error.code().equals("NXDOMAIN") ->
          new Answer.Success<>(List.of(), null);
      case Answer.Failed<Message>(Failure failure) -> new Answer.Failed<>(outcome);
    };
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
      String operation, String zone, CallContext context, Change change) {
    Update update;
    try {
      update = new Update(Texts.name(zone));
      change.make(update);
    } catch (TextParseException noName) {
      return refused();
    }
    return calls.write(operation, context, () -> account.send(update));
  }

  private static <T> Uni<Answer<T>> refused() {
    return Uni.createFrom()
        .item(
            new Answer.Failed<>(
                new Failure.Refused(
                    new VendorError(ErrorClass.FINAL, "Dns.BadName", "this is no DNS name"))));
  }
}
