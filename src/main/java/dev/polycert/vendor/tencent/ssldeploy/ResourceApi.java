package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Paging;
import dev.polycert.call.Paging.Page;
import dev.polycert.call.WriteContext;
import dev.polycert.vendor.tencent.TencentClient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the SSL API for the cloud resources that use certificates. */
@RegisterForReflection
final class ResourceApi {
  /** "Limit: 200 at most" (DescribeHostUpdateRecordDetail). */
  private static final int DETAILS_PAGE = 200;

  private static final int RECORDS_PAGE = 100;
  private static final int MOST_PAGES = 50;

  private final TencentClient client;

  ResourceApi(TencentClient client) {
    this.client = client;
  }

  /** Which of the two kinds of jobs; each has records with details that can be retried. */
  enum Job {
    UPDATE(
        "DescribeHostUpdateRecord",
        "DescribeHostUpdateRecordDetail",
        "UpdateCertificateRecordRetry"),
    DEPLOYMENT(
        "DescribeHostDeployRecord",
        "DescribeHostDeployRecordDetail",
        "DeployCertificateRecordRetry");

    private final String list;
    private final String detail;
    private final String retry;

    Job(String list, String detail, String retry) {
      this.list = list;
      this.detail = detail;
      this.retry = retry;
    }
  }

  /**
   * Moves the resources that use the old certificate to the new one. To be called again while it
   * has no record.
   */
  Uni<Answer<Started>> update(
      String oldId, String newId, ResourceScope scope, WriteContext context) {
    return client.write(
        "UpdateCertificateInstance",
        context,
        new UpdateRequest(
            oldId,
            newId,
            scope.types(),
            scope.regional().stream().map(it -> new TypeRegions(it, scope.regions())).toList(),
            1),
        Started.class);
  }

  /** Brings a certificate to named instances. */
  Uni<Answer<Started>> deploy(
      String id,
      String type,
      @Nullable String region,
      List<String> instances,
      WriteContext context) {
    return client.write(
        "DeployCertificateInstance",
        region,
        context,
        Map.of("CertificateId", id, "ResourceType", type, "InstanceIdList", instances),
        Started.class);
  }

  /** All updates that were to replace an old certificate. */
  Uni<Answer<List<JobRecord>>> updates(String oldId, CallContext context) {
    return records(Job.UPDATE, Map.of("OldCertificateId", oldId), context);
  }

  /** All deployments of a certificate to instances of a type. */
  Uni<Answer<List<JobRecord>>> deployments(String id, String type, CallContext context) {
    return records(Job.DEPLOYMENT, Map.of("CertificateId", id, "ResourceType", type), context);
  }

  private Uni<Answer<List<JobRecord>>> records(
      Job job, Map<String, Object> filter, CallContext context) {
    return Paging.all(
            MOST_PAGES,
            index -> {
              Map<String, Object> request = new HashMap<>(filter);
              request.put("Offset", index * RECORDS_PAGE);
              request.put("Limit", RECORDS_PAGE);
              return client
                  .read(job.list, context, request, Records.class)
                  .map(
                      answer ->
                          answer.map(
                              page -> new Page<>(page.deployRecordList(), page.totalCount())));
            })
        .map(answer -> answer.map(Page::items));
  }

  /** Every instance of a record, and how far it is. */
  Uni<Answer<List<JobDetail>>> details(Job job, String recordId, CallContext context) {
    return Paging.all(MOST_PAGES, index -> details(job, recordId, index * DETAILS_PAGE, context))
        .map(answer -> answer.map(Page::items));
  }

  /** The two differ in the form of numbers, and in what their lists are called. */
  private Uni<Answer<Page<JobDetail>>> details(
      Job job, String recordId, int offset, CallContext context) {
    return switch (job) {
      case UPDATE ->
          client
              .read(
                  job.detail,
                  context,
                  Map.of(
                      "DeployRecordId",
                      recordId,
                      "Offset",
                      String.valueOf(offset),
                      "Limit",
                      String.valueOf(DETAILS_PAGE)),
                  UpdateDetails.class)
              .map(answer -> answer.map(UpdateDetails::page));
      case DEPLOYMENT ->
          client
              .read(
                  job.detail,
                  context,
                  Map.of("DeployRecordId", recordId, "Offset", offset, "Limit", DETAILS_PAGE),
                  DeployDetails.class)
              .map(
                  answer ->
                      answer.map(
                          page -> new Page<>(page.deployRecordDetailList(), page.totalCount())));
    };
  }

  /** Tries one instance of a record again. */
  Uni<Answer<Retried>> retry(Job job, String recordId, long detailId, WriteContext context) {
    return client.write(
        job.retry,
        context,
        Map.of("DeployRecordId", Long.valueOf(recordId), "DeployRecordDetailId", detailId),
        Retried.class);
  }

  /** Lets the vendor look for all that uses a certificate: a task that changes nothing. */
  Uni<Answer<BindTasks>> lookForUses(String id, CallContext context) {
    return client.read(
        "CreateCertificateBindResourceSyncTask",
        context,
        // The cache may be half an hour old.
        Map.of("CertificateIds", List.of(id), "IsCache", 0),
        BindTasks.class);
  }

  Uni<Answer<BindResults>> uses(String taskId, CallContext context) {
    return client.read(
        "DescribeCertificateBindResourceTaskResult",
        context,
        Map.of("TaskIds", List.of(taskId)),
        BindResults.class);
  }

  /**
   * UpdateCertificateInstance: input parameters.
   *
   * @param expiringNotificationSwitch 1: no more notices that the old one expires
   */
  record UpdateRequest(
      String oldCertificateId,
      String certificateId,
      List<String> resourceTypes,
      List<TypeRegions> resourceTypesRegions,
      int expiringNotificationSwitch) {}

  /** Where instances of a type are looked for. */
  record TypeRegions(String resourceType, List<String> regions) {}

  /**
   * UpdateCertificateInstance and DeployCertificateInstance: output parameters.
   *
   * @param deployRecordId 0 or null while the record is being made
   * @param deployStatus 0: another job runs, whose record it is
   */
  record Started(@Nullable Long deployRecordId, @Nullable Integer deployStatus) {

    boolean made() {
      return deployRecordId != null
          && deployRecordId > 0
          && (deployStatus == null || deployStatus != 0);
    }
  }

  /** DescribeHostUpdateRecord and DescribeHostDeployRecord: output parameters. */
  record Records(Integer totalCount, List<JobRecord> deployRecordList) {

    Records {
      Objects.requireNonNull(totalCount, "TotalCount");
    }
  }

  /** One job. */
  record JobRecord(Long id, @Nullable String certId) {

    JobRecord {
      Objects.requireNonNull(id, "Id");
    }
  }

  /** DescribeHostUpdateRecordDetail: output parameters. */
  record UpdateDetails(Integer totalCount, List<TypeDetails> recordDetailList) {

    UpdateDetails {
      Objects.requireNonNull(totalCount, "TotalCount");
    }

    private Page<JobDetail> page() {
      return new Page<>(recordDetailList.stream().flatMap(TypeDetails::named).toList(), totalCount);
    }
  }

  /** The instances of one type. */
  record TypeDetails(@Nullable String resourceType, List<JobDetail> list) {

    private Stream<JobDetail> named() {
      return list.stream().map(one -> one.resourceType() == null ? one.of(resourceType) : one);
    }
  }

  /** DescribeHostDeployRecordDetail: output parameters. */
  record DeployDetails(Integer totalCount, List<JobDetail> deployRecordDetailList) {

    DeployDetails {
      Objects.requireNonNull(totalCount, "TotalCount");
    }
  }

  /** UpdateCertificateRecordRetry and its like: they have no output parameters of their own. */
  record Retried() {}

  /** CreateCertificateBindResourceSyncTask: output parameters. */
  record BindTasks(List<BindTask> certTaskIds) {}

  /** The task for one certificate. */
  record BindTask(@Nullable String certId, String taskId) {

    BindTask {
      Objects.requireNonNull(taskId, "TaskId");
    }
  }

  /** DescribeCertificateBindResourceTaskResult: output parameters. */
  record BindResults(List<BindResult> syncTaskBindResourceResult) {}

  /**
   * What one task found.
   *
   * @param status 0 under way, 1 done, 2 failed
   */
  record BindResult(
      @Nullable String taskId, @Nullable Integer status, List<TypeUses> bindResourceResult) {}

  /** What it found of one type. */
  record TypeUses(@Nullable String resourceType, List<RegionUses> bindResourceRegionResult) {}

  /**
   * What it found in one region.
   *
   * @param error why it could not look; empty when it could
   */
  record RegionUses(@Nullable String region, @Nullable Long totalCount, @Nullable String error) {}
}
