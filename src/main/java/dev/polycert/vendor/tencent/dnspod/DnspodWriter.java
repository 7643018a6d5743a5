package dev.polycert.vendor.tencent.dnspod;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.vendor.tencent.TencentClient;
import dev.polycert.vendor.tencent.TencentClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes zones of DNSPod. */
@ApplicationScoped
public class DnspodWriter extends SingleRecords {
  private static final String ID = "dnspod";

  /** The lowest that the free plan takes. */
  private static final int TTL = 600;

  /** The most that DescribeRecordList gives at once; one host does not have that many. */
  private static final int MOST = 3000;

  /** The line of all clients, by the id that it has in every language. */
  private static final String DEFAULT_LINE = "默认";

  private static final String DEFAULT_LINE_ID = "0";

  /** As the page of each operation documents it. */
  private static final Map<String, Double> LIMITS =
      Map.of("DescribeRecordList", 100.0, "CreateRecord", 500.0, "*", 20.0);

  private final Duration propagation;
  private final TencentClients clients;
  private final Supplier<TencentClient> client;

  DnspodWriter(WriterConfig writers, TencentClients clients) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(10));
    this.clients = clients;
    this.client =
        Suppliers.memoize(
            () ->
                clients.client(
                    ID,
                    settings.endpoint(),
                    LIMITS,
                    new TencentClient.Product(ID, "2021-03-23", DnspodErrors.table())));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> missing() {
    return clients.missing();
  }

  @Override
  public Duration propagation() {
    return propagation;
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    String host = Values.host(zone, record);
    return client
        .get()
        .read(
            "DescribeRecordList",
            context,
            new DescribeRecordListRequest(zone, host, record.type(), MOST),
            DescribeRecordListAnswer.class)
        .map(
            answer ->
                answer
                    .map(listed -> id(listed, host, record))
                    .or(DnspodWriter::isNone, Optional.empty()));
  }

  private static Optional<String> id(
      DescribeRecordListAnswer listed, String host, DnsRecord record) {
    return listed.recordList().stream()
        .filter(entry -> entry.name().equalsIgnoreCase(host))
        .filter(entry -> entry.type().equals(record.type()))
        .filter(entry -> Values.same(entry.value(), record))
        .map(entry -> entry.recordId().toString())
        .findFirst();
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, CallContext context) {
    return client
        .get()
        .write(
            "CreateRecord",
            context,
            new CreateRecordRequest(
                zone,
                Values.host(zone, record),
                record.type(),
                DEFAULT_LINE,
                DEFAULT_LINE_ID,
                record.value(),
                TTL),
            CreateRecordAnswer.class)
        .map(answer -> answer.map(CreateRecordAnswer::recordId));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String id, CallContext context) {
    return client
        .get()
        .write(
            "DeleteRecord",
            context,
            new DeleteRecordRequest(zone, Long.parseLong(id)),
            DeleteRecordAnswer.class)
        .map(answer -> answer.map(deleted -> id));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return isNone(error) || error.code().equals(DnspodErrors.NO_SUCH_RECORD);
  }

  private static boolean isNone(VendorError error) {
    return error.code().equals(DnspodErrors.NO_RECORDS);
  }
}
