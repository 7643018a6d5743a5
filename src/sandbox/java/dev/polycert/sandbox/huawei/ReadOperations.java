package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** ShowCertificate and ListCertificates. */
final class ReadOperations {
  private static final List<String> SIZES = List.of("10", "20", "50");
  private static final List<String> ORDERS = List.of("ASC", "DESC");
  private static final List<String> KEYS =
      List.of("certExpiredTime", "certStatus", "certUpdateTime");
  private static final int LARGEST_OFFSET = 100;

  private final World world;
  private final Certificates certificates;
  private final Lifecycle lifecycle;
  private final CertificateJson json;

  ReadOperations(World world, Certificates certificates, Lifecycle lifecycle) {
    this.world = world;
    this.certificates = certificates;
    this.lifecycle = lifecycle;
    this.json = new CertificateJson(world);
  }

  ScmAnswer show(String id) {
    return certificates.with(
        id, certificate -> new Success(json.detail(lifecycle.look(certificate))));
  }

  ScmAnswer list(Query parameters) {
    var refusal = refusal(parameters);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    int limit = Integer.parseInt(parameters.text("limit").orElse("10"));
    int offset = Integer.parseInt(parameters.text("offset").orElse("0"));
    var status = parameters.text("status").orElse("ALL");
    var found =
        certificates.all().stream()
            .filter(c -> status.equals("ALL") || c.status(world.now()).name().equals(status))
            .sorted(order(parameters))
            .toList();
    var fields = JsonNodeFactory.instance.objectNode();
    var lines = fields.putArray("certificates");
    found.stream().skip(offset).limit(limit).map(json::line).forEach(lines::add);
    return new Success(fields.put("total_count", found.size()));
  }

  private static Optional<Refusal> refusal(Query parameters) {
    var offset = parameters.text("offset").orElse("0");
    var status = parameters.text("status").orElse("ALL");
    if (!SIZES.contains(parameters.text("limit").orElse("10"))) {
      return Optional.of(Refusals.parameter("limit", "10, 20 or 50"));
    }
    if (!offset.matches("\\d{1,3}") || Integer.parseInt(offset) > LARGEST_OFFSET) {
      return Optional.of(Refusals.parameter("offset", "an integer from 0 to " + LARGEST_OFFSET));
    }
    if (!ORDERS.contains(parameters.text("sort_dir").orElse("DESC"))) {
      return Optional.of(Refusals.parameter("sort_dir", "ASC or DESC"));
    }
    if (!KEYS.contains(parameters.text("sort_key").orElse("certUpdateTime"))) {
      return Optional.of(Refusals.parameter("sort_key", "one of " + String.join(", ", KEYS)));
    }
    return status.equals("ALL")
            || Arrays.stream(Status.values()).anyMatch(s -> s.name().equals(status))
        ? Optional.empty()
        : Optional.of(Refusals.parameter("status", "ALL or a status"));
  }

  private Comparator<ScmCertificate> order(Query parameters) {
    Comparator<ScmCertificate> byKey =
        switch (parameters.text("sort_key").orElse("certUpdateTime")) {
          case "certExpiredTime" -> Comparator.comparing(ReadOperations::expiry);
          case "certStatus" -> Comparator.comparing(c -> c.status(world.now()).name());
          default -> Comparator.comparing(ScmCertificate::updated);
        };
    var ascending = byKey.thenComparing(ScmCertificate::id);
    return parameters.text("sort_dir").orElse("DESC").equals("ASC")
        ? ascending
        : ascending.reversed();
  }

  private static Instant expiry(ScmCertificate certificate) {
    var material = certificate.material();
    return material == null ? Instant.MAX : material.notAfter();
  }
}
