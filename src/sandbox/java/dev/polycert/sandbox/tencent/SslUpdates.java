package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.CloudInstances.CloudInstance;
import dev.polycert.sandbox.tencent.SslJobs.Detail;
import dev.polycert.sandbox.tencent.SslJobs.Job;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * UpdateCertificateInstance and its records: everything that uses an old certificate gets a new
 * one. The first call of a request finds the instances and has no record yet; the next one has.
 */
final class SslUpdates {
  private static final double RATE = 10;

  private final SslAccount account;
  private final CloudInstances instances;
  private final SslJobs jobs;
  private final Set<String> searched = new HashSet<>();
  private volatile boolean atOnce;

  SslUpdates(SslAccount account, CloudInstances instances, SslJobs jobs) {
    this.account = account;
    this.instances = instances;
    this.jobs = jobs;
    account.world().onReset(searched::clear);
    account.world().onReset(() -> atOnce = false);
  }

  /** Whether the first call makes the record, and no second one is needed. */
  void atOnce(boolean made) {
    atOnce = made;
  }

  Map<String, Operation> operations() {
    Map<String, Operation> operations = new HashMap<>();
    operations.put(
        "UpdateCertificateInstance",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRING, "OldCertificateId")
                .andRequired(Parameters.Type.STRINGS, "ResourceTypes")
                .optional(
                    Parameters.Type.STRING,
                    "CertificateId",
                    "CertificatePublicKey",
                    "CertificatePrivateKey")
                .optional(Parameters.Type.STRINGS, "Regions")
                .optional(Parameters.Type.OBJECTS, "ResourceTypesRegions", "Tags")
                .optional(Parameters.Type.INTEGER, "ExpiringNotificationSwitch", "ProjectId")
                .optional(Parameters.Type.BOOLEAN, "Repeatable", "AllowDownload"),
            this::update));
    operations.put(
        "DescribeHostUpdateRecord",
        new Operation(
            RATE,
            Parameters.allOptional(Parameters.Type.STRING, "CertificateId", "OldCertificateId")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit"),
            this::records));
    operations.put(
        "DescribeHostUpdateRecordDetail",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRING, "DeployRecordId")
                .optional(Parameters.Type.STRING, "Offset", "Limit"),
            this::details));
    operations.put(
        "UpdateCertificateRecordRetry",
        new Operation(
            RATE,
            Parameters.allOptional(
                Parameters.Type.INTEGER, "DeployRecordId", "DeployRecordDetailId"),
            jobs::retry));
    return operations;
  }

  private JsonObject update(JsonObject sent) {
    SslCertificate old = account.find(sent.getString("OldCertificateId"));
    SslCertificate next = account.find(sent.getString("CertificateId", ""));
    if (next.status != SslStatus.ISSUED) {
      throw new Refused("FailedOperation.CertificateNotAvailable", "证书不可用，请检查后再试。");
    }
    Map<String, List<String>> regions = regions(sent);
    Optional<Job> running = jobs.running(job -> old.id.equals(job.old));
    if (running.isPresent()) {
      return answer(running.get().id, 0, List.of());
    }
    List<CloudInstance> found =
        instances.with(old.id).stream()
            .filter(one -> regions.containsKey(one.type))
            .filter(
                one ->
                    !CloudInstances.REGIONAL.contains(one.type)
                        || regions.getOrDefault(one.type, List.of()).contains(one.region))
            .filter(one -> next.serves(account.world(), one.domain))
            .toList();
    if (found.isEmpty()) {
      throw new Refused(
          "FailedOperation.CertificateDeployInstanceEmpty", "已选择的云资源无实例，无法更新，请重新核对后重试。");
    }
    if (!atOnce && searched.add(old.id + " " + next.id + " " + regions)) {
      return answer(0, 1, found);
    }
    searched.remove(old.id + " " + next.id + " " + regions);
    return answer(jobs.add(next.id, old.id, "", found).id, 1, found);
  }

  private static Map<String, List<String>> regions(JsonObject sent) {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    sent.getJsonArray("ResourceTypes")
        .forEach(type -> regions.put(String.valueOf(type), List.of()));
    if (regions.isEmpty() || !CloudInstances.TYPES.containsAll(regions.keySet())) {
      throw new Refused("FailedOperation.CertificateHostResourceTypeInvalid", "云资源类型无效。");
    }
    for (Object each : sent.getJsonArray("ResourceTypesRegions", new JsonArray())) {
      JsonObject given = (JsonObject) each;
      regions.replace(
          given.getString("ResourceType", ""),
          given.getJsonArray("Regions", new JsonArray()).stream().map(String::valueOf).toList());
    }
    regions.forEach(
        (type, named) -> {
          if (CloudInstances.REGIONAL.contains(type) && named.isEmpty()) {
            throw new Refused(
                "InvalidParameter.WithDetailReason",
                "ResourceTypesRegions must have the regions of " + type + ".");
          }
        });
    return regions;
  }

  private static JsonObject answer(long record, int status, List<CloudInstance> found) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    found.forEach(
        one ->
            counts
                .computeIfAbsent(one.type, type -> new LinkedHashMap<>())
                .merge(one.region, 1, Integer::sum));
    JsonArray progress = new JsonArray();
    counts.forEach(
        (type, regions) -> {
          JsonArray list = new JsonArray();
          regions.forEach(
              (region, count) ->
                  list.add(
                      new JsonObject()
                          .put("Region", region)
                          .put("TotalCount", count)
                          .put("OffsetCount", count)
                          .put("Status", 1)));
          progress.add(
              new JsonObject()
                  .put("ResourceType", type)
                  .put("UpdateSyncProgressRegions", list)
                  .put("Status", 1));
        });
    return new JsonObject()
        .put("DeployRecordId", record)
        .put("DeployStatus", status)
        .put("UpdateSyncProgress", progress);
  }

  private JsonObject records(JsonObject sent) {
    String id = sent.getString("CertificateId");
    String old = sent.getString("OldCertificateId");
    return jobs.records(
        sent,
        job -> (id == null || id.equals(job.certificate)) && (old == null || old.equals(job.old)));
  }

  private JsonObject details(JsonObject sent) {
    SslJobs.Page page =
        jobs.details(
            sent.getString("DeployRecordId"),
            number(sent.getString("Offset", "0")),
            number(sent.getString("Limit", "10")));
    Map<String, JsonArray> byType = new LinkedHashMap<>();
    for (Detail detail : page.details()) {
      byType
          .computeIfAbsent(detail.instance.type, type -> new JsonArray())
          .add(SslJobs.json(page.job(), detail).put("ResourceType", detail.instance.type));
    }
    JsonArray list = new JsonArray();
    byType.forEach(
        (type, details) ->
            list.add(
                new JsonObject()
                    .put("ResourceType", type)
                    .put("List", details)
                    .put("TotalCount", details.size())));
    return page.counts().put("RecordDetailList", list);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused("InvalidParameterValue", "Offset and Limit must be numbers.");
    }
  }
}
