package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.CloudInstances.CloudInstance;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records of updates or of deployments, whose details advance with time. */
final class SslJobs {
  private static final int WAITING = 0;
  private static final int DONE = 1;
  private static final int FAILED = 2;
  private static final int RUNNING = 3;
  private static final int MOST_DETAILS = 200;

  private final World world;
  private final List<Job> jobs = new ArrayList<>();
  private long lastJob;
  private long lastDetail;
  private Duration delay = Duration.ZERO;

  SslJobs(World world, long firstId) {
    this.world = world;
    this.lastJob = firstId;
    this.lastDetail = firstId * 100;
    world.onReset(
        () -> {
          jobs.clear();
          delay = Duration.ZERO;
        });
  }

  /** One job. */
  static final class Job {
    final long id;
    final String certificate;

    /** Null for a deployment. */
    final @Nullable String old;

    final String type;
    final Instant createdAt;
    final List<Detail> details = new ArrayList<>();

    private Job(long id, String certificate, @Nullable String old, String type, Instant createdAt) {
      this.id = id;
      this.certificate = certificate;
      this.old = old;
      this.type = type;
      this.createdAt = createdAt;
    }

    boolean runs() {
      return details.stream().anyMatch(detail -> detail.status == WAITING || detail.runs());
    }
  }

  /** One instance of a job. */
  static final class Detail {
    final long id;
    final CloudInstance instance;
    final @Nullable String old;
    int status;
    String error = "";
    Instant since;

    private Detail(long id, CloudInstance instance, Instant since) {
      this.id = id;
      this.instance = instance;
      this.old = instance.certificate;
      this.since = since;
    }

    private boolean runs() {
      return status == RUNNING;
    }
  }

  /** How long an instance takes. */
  void delay(Duration each) {
    delay = each;
  }

  Job add(String certificate, @Nullable String old, String type, List<CloudInstance> instances) {
    Job job = new Job(++lastJob, certificate, old, type, world.now());
    instances.forEach(one -> job.details.add(new Detail(++lastDetail, one, world.now())));
    jobs.add(job);
    return job;
  }

  Optional<Job> running(Predicate<Job> like) {
    advance();
    return jobs.stream().filter(like).filter(Job::runs).findFirst();
  }

  /** How many there were. */
  int count() {
    return jobs.size();
  }

  private void advance() {
    for (Job job : jobs) {
      for (Detail detail : job.details) {
        boolean over = !world.now().isBefore(detail.since.plus(delay));
        if ((detail.status == WAITING || detail.runs()) && over) {
          boolean changed = detail.instance.change(job.certificate);
          detail.status = changed ? DONE : FAILED;
          detail.error = changed ? "" : "LoadBalancer is busy, please try again later.";
        }
      }
    }
  }

  /** The page of records that a request asks for, newest first. */
  JsonObject records(JsonObject sent, Predicate<Job> wanted) {
    advance();
    List<Job> matching = jobs.reversed().stream().filter(wanted).toList();
    JsonArray page = new JsonArray();
    matching.stream()
        .skip(sent.getLong("Offset", 0L))
        .limit(sent.getLong("Limit", 20L))
        .map(this::json)
        .forEach(page::add);
    return new JsonObject().put("TotalCount", matching.size()).put("DeployRecordList", page);
  }

  private JsonObject json(Job job) {
    boolean failed = job.details.stream().anyMatch(detail -> detail.status == FAILED);
    JsonObject json =
        new JsonObject()
            .put("Id", job.id)
            .put("CertId", job.certificate)
            .put("Status", job.runs() ? WAITING : failed ? FAILED : DONE)
            .put("CreateTime", SslViews.time(job.createdAt))
            .put("UpdateTime", SslViews.time(job.createdAt));
    if (job.old == null) {
      return json.put("ResourceType", job.type).put("Region", "");
    }
    return json.put("OldCertId", job.old)
        .put("ResourceTypes", strings(job.details.stream().map(it -> it.instance.type).toList()))
        .put("Regions", strings(job.details.stream().map(it -> it.instance.region).toList()));
  }

  private static JsonArray strings(List<String> texts) {
    return new JsonArray(texts.stream().filter(text -> !text.isEmpty()).distinct().toList());
  }

  /**
   * Counts, and one page of the details.
   *
   * @throws Refused when there is no such record, or the page is too long
   */
  Page details(String recordId, long offset, long limit) {
    advance();
    Job job = find(recordId);
    if (limit > MOST_DETAILS || limit < 1 || offset < 0) {
      throw new Refused("InvalidParameter", "Limit must be 200 at most.");
    }
    List<Detail> page = job.details.stream().skip(offset).limit(limit).toList();
    JsonObject counts =
        new JsonObject()
            .put("TotalCount", job.details.size())
            .put("SuccessTotalCount", count(job, DONE))
            .put("FailedTotalCount", count(job, FAILED))
            .put("RunningTotalCount", count(job, RUNNING))
            .put("PendingTotalCount", count(job, WAITING));
    return new Page(job, counts, page);
  }

  /** One page of details. */
  record Page(Job job, JsonObject counts, List<Detail> details) {}

  private static long count(Job job, int status) {
    return job.details.stream().filter(detail -> detail.status == status).count();
  }

  private Job find(String recordId) {
    return jobs.stream()
        .filter(job -> String.valueOf(job.id).equals(recordId))
        .findFirst()
        .orElseThrow(() -> new Refused("FailedOperation.CertificateDeployNotExist", "证书部署记录不存在。"));
  }

  /** The members that the details of both kinds have. */
  static JsonObject json(Job job, Detail detail) {
    CloudInstance instance = detail.instance;
    return new JsonObject()
        .put("Id", detail.id)
        .put("CertId", job.certificate)
        .put("OldCertId", detail.old == null ? "" : detail.old)
        .put(
            "Domains",
            instance.domain.isEmpty() ? new JsonArray() : new JsonArray().add(instance.domain))
        .put("Region", instance.region)
        .put("Status", detail.status)
        .put("ErrorMsg", detail.error)
        .put("CreateTime", SslViews.time(job.createdAt))
        .put("UpdateTime", SslViews.time(detail.since))
        .put("InstanceId", instance.id)
        .put("InstanceName", "")
        .put("ListenerId", instance.listener)
        .put("ListenerName", "")
        .put("Protocol", "")
        .put("SniSwitch", 0)
        .put("Bucket", "")
        .put("Port", 0)
        .put("Namespace", "")
        .put("SecretName", "")
        .put("EnvId", "")
        .put("TCBType", "");
  }

  /** Tries one failed detail again, or all of a record. */
  JsonObject retry(JsonObject sent) {
    advance();
    Long record = sent.getLong("DeployRecordId");
    Long one = sent.getLong("DeployRecordDetailId");
    if (record == null && one == null) {
      throw new Refused("FailedOperation.InvalidParam", "参数有误。");
    }
    List<Detail> again =
        jobs.stream()
            .filter(job -> record == null || job.id == record)
            .flatMap(job -> job.details.stream())
            .filter(detail -> one == null || detail.id == one)
            .toList();
    if (again.isEmpty()) {
      throw new Refused("FailedOperation.CertificateDeployNotExist", "证书部署记录不存在。");
    }
    List<Detail> failed = again.stream().filter(detail -> detail.status == FAILED).toList();
    if (failed.isEmpty()) {
      throw new Refused("FailedOperation.CertificateDeployRetryStatusInvalid", "记录状态必须失败才可以执行该操作。");
    }
    failed.forEach(
        detail -> {
          detail.status = RUNNING;
          detail.error = "";
          detail.since = world.now();
        });
    return new JsonObject();
  }
}
