package dev.polycert.vendor.tencent.dnspod;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.vendor.tencent.TencentClient;
import dev.polycert.vendor.tencent.TencentErrors;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes zones of DNSPod. */
@ApplicationScoped
public class DnspodWriter extends SingleRecords {
  /** The list that was asked for is empty. */
  private static final String NO_RECORDS = "ResourceNotFound.NoDataOfRecord";

  private static final String NO_SUCH_RECORD = "InvalidParameter.RecordIdInvalid";

  /** The error codes of the operations on records. */
  static final ErrorTable ERRORS =
      TencentErrors.common()
          .put(ErrorClass.ALREADY_APPLIED, "InvalidParameter.DomainRecordExist")
          .put(ErrorClass.QUOTA, "LimitExceeded.*")
          .put(
              ErrorClass.RETRY,
              "FailedOperation.UnknowError",
              "FailedOperation.UnknownError",
              "InvalidParameter.OperateFailed")
          .put(
              ErrorClass.CREDENTIALS,
              "FailedOperation.LoginFailed",
              "InvalidParameter.LoginTokenIdError",
              "InvalidParameter.LoginTokenNotExists",
              "InvalidParameter.LoginTokenValidateFailed",
              "OperationDenied.NoPermissionToOperateDomain")
          .put(
              ErrorClass.FINAL,
              "FailedOperation*",
              NO_RECORDS,
              "ResourceNotFound.NoDataOfDomain",
              NO_SUCH_RECORD,
              "InvalidParameterValue.DomainNotExists")
          .build();

  private static final TencentClient.Product PRODUCT =
      new TencentClient.Product("dnspod", "2021-03-23", ERRORS);

  private static final Descriptor SERVICE =
      PRODUCT
          .service("dnspod", "Tencent Cloud DNSPod")
          // As the page of each operation documents it.
          .limit("DescribeRecordList", 100)
          .limit("CreateRecord", 500)
          .limit("*", 20)
          .propagates(Duration.ofMinutes(10));

  /** Seconds; the lowest that the free plan takes. */
  private static final int TTL = 600;

  /** The most that DescribeRecordList gives at once; one host does not have that many. */
  private static final int MOST = 3000;

  /** The line of all clients: required, although the id takes precedence over it. */
  private static final String DEFAULT_LINE = "默认";

  /** The id that it has in every language. */
  private static final String DEFAULT_LINE_ID = "0";

  private final TencentClient client;

  DnspodWriter(Clients clients, WriterConfig config) {
    client = new TencentClient(clients, SERVICE, config.service(SERVICE.id()), PRODUCT);
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return listed(zone, new DnsRecord(name, "CNAME", ""), entry -> true, Entry::value, context);
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return listed(
        zone,
        record,
        entry -> Values.same(entry.value(), record),
        entry -> entry.recordId().toString(),
        context);
  }

  private Uni<Answer<Optional<String>>> listed(
      String zone,
      DnsRecord record,
      Predicate<Entry> wanted,
      Function<Entry, String> member,
      CallContext context) {
    String host = Values.host(zone, record);
    // "Subdomain" here; CreateRecord spells it with a capital D.
    Map<String, Object> request =
        Map.of("Domain", zone, "Subdomain", host, "RecordType", record.type(), "Limit", MOST);
    return client
        .read("DescribeRecordList", context, request, Listed.class)
        .map(
            answer ->
                answer
                    .map(listed -> listed.find(host, record.type(), wanted).map(member))
                    .recover(DnspodWriter::isNone, Optional.empty()));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context) {
    Map<String, Object> request =
        Map.of(
            "Domain", zone,
            "SubDomain", Values.host(zone, record),
            "RecordType", record.type(),
            "RecordLine", DEFAULT_LINE,
            "RecordLineId", DEFAULT_LINE_ID,
            "Value", record.value(),
            "TTL", TTL);
    return client
        .write("CreateRecord", context, request, Created.class)
        .map(answer -> answer.map(Created::recordId));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String id, WriteContext context) {
    Map<String, Object> request = Map.of("Domain", zone, "RecordId", Long.parseLong(id));
    return client
        .write("DeleteRecord", context, request, Deleted.class)
        .map(answer -> answer.map(deleted -> id));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return isNone(error) || error.code().equals(NO_SUCH_RECORD);
  }

  private static boolean isNone(VendorError error) {
    return error.code().equals(NO_RECORDS);
  }

  /** DescribeRecordList: output parameters. */
  @RegisterForReflection
  record Listed(List<Entry> recordList) {

    Optional<Entry> find(String host, String type, Predicate<Entry> wanted) {
      return recordList.stream()
          .filter(entry -> Values.sameName(entry.name(), host))
          .filter(entry -> entry.type().equals(type))
          .filter(wanted)
          .findFirst();
    }
  }

  /** One record. */
  @RegisterForReflection
  record Entry(Long recordId, String name, String type, String value) {

    Entry {
      Objects.requireNonNull(recordId, "RecordId");
      Objects.requireNonNull(name, "Name");
      Objects.requireNonNull(type, "Type");
      Objects.requireNonNull(value, "Value");
    }
  }

  /** CreateRecord: output parameters. */
  @RegisterForReflection
  record Created(String recordId) {

    Created {
      Objects.requireNonNull(recordId, "RecordId");
    }
  }

  /** DeleteRecord: it has no output parameters of its own. */
  @RegisterForReflection
  record Deleted() {}
}
