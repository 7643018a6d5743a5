package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** DeleteCertificate, at once or as a task that first checks for bound resources. */
final class SslDeletions {
  private static final Duration NOT_DELETABLE = Duration.ofHours(1);
  private static final int DONE = 1;
  private static final int BOUND = 4;

  private final SslAccount account;
  private final CloudInstances instances;
  private final Map<String, JsonObject> tasks = new HashMap<>();

  SslDeletions(SslAccount account, CloudInstances instances) {
    this.account = account;
    this.instances = instances;
    account.world().onReset(tasks::clear);
  }

  Map<String, Operation> operations() {
    return Map.of(
        "DeleteCertificate",
        new Operation(
            Parameters.required(Parameters.Type.STRING, "CertificateId")
                .optional(Parameters.Type.BOOLEAN, "IsCheckResource"),
            this::delete),
        "DescribeDeleteCertificatesTaskResult",
        new Operation(Parameters.required(Parameters.Type.STRINGS, "TaskIds"), this::results));
  }

  private JsonObject delete(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    if (!certificate.paid
        && account.world().now().isBefore(certificate.createdAt.plus(NOT_DELETABLE))) {
      throw new Refused("FailedOperation.CannotBeDeletedWithinHour", "免费证书申请1小时内不允许删除。");
    }
    if (Boolean.TRUE.equals(sent.getBoolean("IsCheckResource"))) {
      return new JsonObject().put("DeleteResult", true).put("TaskId", check(certificate));
    }
    if (certificate.status == SslStatus.ISSUED) {
      throw new Refused("FailedOperation.CannotBeDeletedIssued", "该证书已颁发, 不能删除。");
    }
    account.remove(certificate);
    return new JsonObject().put("DeleteResult", true).put("TaskId", "");
  }

  /** A task is always done before its result is asked for. */
  private String check(SslCertificate certificate) {
    String task = account.world().random(8, "0123456789");
    boolean bound = certificate.bound || !instances.with(certificate.id).isEmpty();
    if (!bound) {
      account.remove(certificate);
    }
    tasks.put(
        task,
        new JsonObject()
            .put("TaskId", task)
            .put("CertId", certificate.id)
            .put("Status", bound ? BOUND : DONE)
            .put("Error", bound ? "证书已关联云资源" : "")
            .put("CacheTime", SslViews.time(account.world().now()))
            .put("Domains", new JsonArray(certificate.domains())));
    return task;
  }

  private JsonObject results(JsonObject sent) {
    JsonArray results = new JsonArray();
    sent.getJsonArray("TaskIds").stream()
        .map(String.class::cast)
        .filter(tasks::containsKey)
        .forEach(task -> results.add(tasks.get(task)));
    return new JsonObject().put("DeleteTaskResult", results);
  }
}
