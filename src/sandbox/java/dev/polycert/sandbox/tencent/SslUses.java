package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.CloudInstances.CloudInstance;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tasks that look for what uses a certificate. */
final class SslUses {
  private static final double RATE = 10;
  private static final int MOST = 100;

  private final SslAccount account;
  private final CloudInstances instances;
  private final Map<String, Task> tasks = new HashMap<>();
  private final Set<String> unseen = new HashSet<>();
  private Duration delay = Duration.ZERO;

  SslUses(SslAccount account, CloudInstances instances) {
    this.account = account;
    this.instances = instances;
    account
        .world()
        .onReset(
            () -> {
              tasks.clear();
              unseen.clear();
              delay = Duration.ZERO;
            });
  }

  private record Task(String id, String certificate, Instant readyAt) {}

  /** How long a task takes. */
  void delay(Duration each) {
    delay = each;
  }

  /** Lets the tasks fail in a region from now on, as they do where a product does not answer. */
  void failIn(List<String> regions) {
    unseen.clear();
    unseen.addAll(regions);
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateCertificateBindResourceSyncTask",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRINGS, "CertificateIds")
                .optional(Parameters.Type.INTEGER, "IsCache"),
            this::create),
        "DescribeCertificateBindResourceTaskResult",
        new Operation(
            RATE, Parameters.required(Parameters.Type.STRINGS, "TaskIds"), this::results));
  }

  private JsonObject create(JsonObject sent) {
    List<String> ids =
        sent.getJsonArray("CertificateIds").stream().map(String.class::cast).toList();
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new Refused(
          "InvalidParameter.CertificatesNumberExceeded", "The certificates are too many.");
    }
    JsonArray made = new JsonArray();
    for (String id : ids) {
      account.find(id);
      Task task =
          new Task(account.world().random(8, "123456789"), id, account.world().now().plus(delay));
      tasks.put(task.id(), task);
      made.add(new JsonObject().put("CertId", id).put("TaskId", task.id()));
    }
    return new JsonObject().put("CertTaskIds", made);
  }

  private JsonObject results(JsonObject sent) {
    JsonArray results = new JsonArray();
    for (Object id : sent.getJsonArray("TaskIds")) {
      Task task = tasks.get(String.valueOf(id));
      if (task != null) {
        results.add(result(task));
      }
    }
    return new JsonObject().put("SyncTaskBindResourceResult", results);
  }

  private JsonObject result(Task task) {
    boolean ready = !account.world().now().isBefore(task.readyAt());
    return new JsonObject()
        .put("TaskId", task.id())
        .put("BindResourceResult", ready ? found(task.certificate()) : new JsonArray())
        .put("Status", ready ? 1 : 0)
        .putNull("Error")
        .put("CacheTime", SslViews.time(account.world().now()));
  }

  private JsonArray found(String certificate) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (CloudInstance one : instances.all()) {
      int count = certificate.equals(one.certificate) ? 1 : 0;
      counts
          .computeIfAbsent(one.type, type -> new TreeMap<>())
          .merge(one.region, count, Integer::sum);
    }
    JsonArray found = new JsonArray();
    counts.forEach(
        (type, regions) -> {
          JsonArray list = new JsonArray();
          regions.forEach(
              (region, count) ->
                  list.add(
                      new JsonObject()
                          .put("Region", region)
                          .put("TotalCount", unseen.contains(region) ? 0 : count)
                          .put("Error", unseen.contains(region) ? "timeout" : "")));
          found.add(
              new JsonObject().put("ResourceType", type).put("BindResourceRegionResult", list));
        });
    return found;
  }
}
