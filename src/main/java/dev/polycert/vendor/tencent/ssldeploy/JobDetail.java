package dev.polycert.vendor.tencent.ssldeploy;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a job.
 *
 * @param status 0 waiting, 1 done, 2 failed, 3 running, 4 rolled back, 5 roll-back failed, 6
 *     nothing to do
 */
@RegisterForReflection
record JobDetail(
    Long id,
    @Nullable Integer status,
    @Nullable String resourceType,
    @Nullable String region,
    @Nullable String instanceId,
    @Nullable String listenerId,
    List<String> domains,
    @Nullable String bucket,
    @Nullable String namespace,
    @Nullable String secretName,
    @Nullable String port,
    @Nullable String errorMsg) {

  JobDetail {
    Objects.requireNonNull(id, "Id");
  }

  JobDetail of(@Nullable String type) {
    return new JobDetail(
        id,
        status,
        type,
        region,
        instanceId,
        listenerId,
        domains,
        bucket,
        namespace,
        secretName,
        port,
        errorMsg);
  }

  /** Whether one of its names is that text. */
  boolean mentions(String text) {
    return Stream.concat(
            Stream.of(instanceId, listenerId, bucket, namespace, secretName, region, port),
            domains.stream())
        .anyMatch(text::equals);
  }

  boolean done() {
    return status != null && (status == 1 || status == 6);
  }

  boolean failed() {
    return status != null && (status == 2 || status == 4 || status == 5);
  }

  boolean runs() {
    return !done() && !failed();
  }

  /** "The state must be failed" (CertificateDeployRetryStatusInvalid). */
  boolean retryable() {
    return status != null && status == 2;
  }

  /** How people find the instance: {@code clb ap-guangzhou lb-1|lbl-2|www.example.com}. */
  String name() {
    String where =
        Stream.concat(
                Stream.of(instanceId, listenerId, bucket, namespace, secretName), domains.stream())
            .filter(part -> part != null && !part.isEmpty())
            .map(String::valueOf)
            .collect(Collectors.joining("|"));
    return Stream.of(resourceType, region, where)
        .filter(part -> part != null && !part.isEmpty())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
