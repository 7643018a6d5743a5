package dev.polycert.vendor.alibaba.dns;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.vendor.alibaba.Acs3Signer;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.vendor.alibaba.EcsRamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;

/** Writes zones of Alibaba Cloud DNS. */
@ApplicationScoped
public class AlidnsWriter extends SingleRecords {
  private static final Descriptor SERVICE =
      Descriptor.of("alidns", "Alibaba Cloud DNS")
          .at("https://alidns.aliyuncs.com")
          .keyId("ALIBABA_CLOUD_ACCESS_KEY_ID")
          .secret("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
          .token("ALIBABA_CLOUD_SECURITY_TOKEN")
          .role(EcsRamRole.ROLE)
          .propagates(Duration.ofMinutes(10));

  /** The lowest that the free edition takes. */
  private static final int TTL = 600;

  /** The most that DescribeSubDomainRecords gives at once; one host does not have that many. */
  private static final int MOST = 500;

  /** No such record, or none of this account. */
  private static final String NOT_OURS = "DomainRecordNotBelongToUser";

  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          // The same record; another one that it cannot stand beside.
          .put(ALREADY_APPLIED, "DomainRecordDuplicate", "DomainRecordConflict")
          .put(QUOTA, "QuotaExceeded.*")
          .put(RETRY, "LastOperationNotFinished", "UnKnownError", "OperationThreadInUsed")
          .put(CREDENTIALS, "IllegalUser")
          .put(FINAL, "IncorrectDomainUser", "InvalidDomainName.NoExist", NOT_OURS)
          .put(FINAL, "DomainForbidden", "DomainRecordLocked", "RecordForbidden.*")
          .build();

  private static final AlibabaEnvelope ENVELOPE = new AlibabaEnvelope(ERRORS);

  private final Client<Api> client;

  AlidnsWriter(Clients clients, WriterConfig config, RandomGenerator random) {
    client =
        clients.client(SERVICE, config.service(SERVICE.id()), Api.class, Acs3Signer.with(random));
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return listed(zone, new DnsRecord(name, "CNAME", ""), item -> true, "Value", context);
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return listed(
        zone,
        record,
        item -> Values.same(item.path("Value").asText(), record),
        "RecordId",
        context);
  }

  private Uni<Answer<Optional<String>>> listed(
      String zone,
      DnsRecord record,
      Predicate<JsonNode> wanted,
      String member,
      CallContext context) {
    return client.read(
        "DescribeSubDomainRecords",
        context,
        api -> api.describeSubDomainRecords(record.name(), zone, record.type(), MOST),
        ENVELOPE.decoder(
            root -> listed(root, item -> is(item, zone, record) && wanted.test(item), member),
            "DomainRecords"));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context) {
    return client.write(
        "AddDomainRecord",
        context,
        api ->
            api.addDomainRecord(
                zone, Values.host(zone, record), record.type(), record.value(), TTL),
        ENVELOPE.decoder(
            root -> Optional.ofNullable(JsonEnvelope.first(root, "RecordId")), "a RecordId"));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String id, WriteContext context) {
    return client.write(
        "DeleteDomainRecord",
        context,
        api -> api.deleteDomainRecord(id),
        ENVELOPE.decoder(root -> Optional.of(id), "an answer"));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return error.code().equals(NOT_OURS);
  }

  /** A member of the record, when it is listed; no answer without a list. */
  private static Optional<Optional<String>> listed(
      JsonNode root, Predicate<JsonNode> wanted, String member) {
    JsonNode records = root.path("DomainRecords");
    return records.isObject()
        ? Optional.of(
            records
                .path("Record")
                .valueStream()
                .filter(wanted)
                .flatMap(item -> Optional.ofNullable(JsonEnvelope.first(item, member)).stream())
                .findFirst())
        : Optional.empty();
  }

  private static boolean is(JsonNode item, String zone, DnsRecord record) {
    return Values.sameName(item.path("RR").asText(), Values.host(zone, record))
        && record.type().equals(item.path("Type").asText());
  }

  /** The operations on the wire. */
  @Path("/")
  @Produces(MediaType.APPLICATION_JSON)
  @ClientHeaderParam(name = "x-acs-version", value = "2015-01-09")
  interface Api {
    @POST
    @ClientHeaderParam(name = "x-acs-action", value = "DescribeSubDomainRecords")
    Uni<Response> describeSubDomainRecords(
        @QueryParam("SubDomain") String name,
        @QueryParam("DomainName") String zone,
        @QueryParam("Type") String type,
        @QueryParam("PageSize") int pageSize);

    @POST
    @ClientHeaderParam(name = "x-acs-action", value = "AddDomainRecord")
    Uni<Response> addDomainRecord(
        @QueryParam("DomainName") String zone,
        @QueryParam("RR") String host,
        @QueryParam("Type") String type,
        @QueryParam("Value") String value,
        @QueryParam("TTL") int ttl);

    @POST
    @ClientHeaderParam(name = "x-acs-action", value = "DeleteDomainRecord")
    Uni<Response> deleteDomainRecord(@QueryParam("RecordId") String id);
  }
}
