package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.CloudInstances.CloudInstance;
import dev.polycert.sandbox.tencent.SslJobs.Detail;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** DeployCertificateInstance and its records: named instances get a certificate. */
final class SslDeployments {
  private static final double RATE = 10;

  private final SslAccount account;
  private final CloudInstances instances;
  private final SslJobs jobs;

  SslDeployments(SslAccount account, CloudInstances instances, SslJobs jobs) {
    this.account = account;
    this.instances = instances;
    this.jobs = jobs;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "DeployCertificateInstance",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRING, "CertificateId")
                .andRequired(Parameters.Type.STRINGS, "InstanceIdList")
                .optional(Parameters.Type.STRING, "ResourceType")
                .optional(Parameters.Type.INTEGER, "Status", "IsCache")
                .andRegion(),
            this::deploy),
        "DescribeHostDeployRecord",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRING, "CertificateId")
                .optional(Parameters.Type.STRING, "ResourceType")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit"),
            this::records),
        "DescribeHostDeployRecordDetail",
        new Operation(
            RATE,
            Parameters.required(Parameters.Type.STRING, "DeployRecordId")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit"),
            this::details),
        "DeployCertificateRecordRetry",
        new Operation(
            RATE,
            Parameters.allOptional(
                Parameters.Type.INTEGER, "DeployRecordId", "DeployRecordDetailId"),
            jobs::retry));
  }

  private JsonObject deploy(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    if (certificate.status != SslStatus.ISSUED) {
      throw new Refused("FailedOperation.CertificateNotAvailable", "证书不可用，请检查后再试。");
    }
    String type = sent.getString("ResourceType", "clb");
    if (!CloudInstances.TYPES.contains(type)) {
      throw new Refused("FailedOperation.CertificateHostResourceTypeInvalid", "云资源类型无效。");
    }
    String region = sent.getString(TencentApi.REGION, "");
    if (CloudInstances.REGIONAL.contains(type) && !type.equals("cos") && region.isEmpty()) {
      throw new Refused(
          "MissingParameter", "The request is missing a required parameter `Region`.");
    }
    if (jobs.running(job -> job.certificate.equals(certificate.id) && job.type.equals(type))
        .isPresent()) {
      throw new Refused(
          "FailedOperation.CertificateDeployHasPendingRecord", "证书部署有正在进行中的任务，请部署完成后再重试。");
    }
    List<CloudInstance> found = new ArrayList<>();
    for (Object each : sent.getJsonArray("InstanceIdList")) {
      found.add(find(type, region, String.valueOf(each)));
    }
    List<CloudInstance> without =
        found.stream().filter(one -> !certificate.id.equals(one.certificate)).toList();
    if (without.isEmpty()) {
      throw new Refused(
          "FailedOperation.CertificateDeployInstanceEmpty", "已选择的云资源无实例，无法更新，请重新核对后重试。");
    }
    return new JsonObject()
        .put("DeployRecordId", jobs.add(certificate.id, null, type, without).id)
        .put("DeployStatus", 1);
  }

  private CloudInstance find(String type, String region, String given) {
    List<String> parts =
        Stream.of(given.split("\\|", -1))
            .filter(part -> !type.equals("cdn") || !part.matches("on|off"))
            .toList();
    if (parts.stream().anyMatch(String::isEmpty) || (type.equals("clb") && parts.size() < 2)) {
      throw new Refused("FailedOperation.CertificateDeployInstanceFormatError", "部署实例格式错误。");
    }
    return instances.all().stream()
        .filter(one -> one.type.equals(type))
        .filter(one -> region.isEmpty() || one.region.isEmpty() || one.region.equals(region))
        .filter(one -> names(one).containsAll(parts))
        .findFirst()
        .orElseThrow(
            () -> new Refused("FailedOperation.CertificateNotDeployInstance", "证书不可以部署到实例列表下。"));
  }

  private static List<String> names(CloudInstance one) {
    return List.of(one.region, one.id, one.listener, one.domain);
  }

  private JsonObject records(JsonObject sent) {
    String id = sent.getString("CertificateId");
    String type = sent.getString("ResourceType");
    return jobs.records(
        sent, job -> id.equals(job.certificate) && (type == null || type.equals(job.type)));
  }

  private JsonObject details(JsonObject sent) {
    SslJobs.Page page =
        jobs.details(
            sent.getString("DeployRecordId"),
            sent.getLong("Offset", 0L),
            sent.getLong("Limit", 10L));
    JsonArray list = new JsonArray();
    for (Detail detail : page.details()) {
      list.add(SslJobs.json(page.job(), detail));
    }
    return page.counts().put("DeployRecordDetailList", list);
  }
}
