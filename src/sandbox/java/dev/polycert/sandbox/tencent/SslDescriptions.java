package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** DescribeCertificate, DescribeCertificateDetail and DescribeCertificates. */
final class SslDescriptions {
  private static final int MOST = 1000;

  private final SslAccount account;
  private final SslViews views;

  SslDescriptions(SslAccount account) {
    this.account = account;
    this.views = new SslViews(account);
  }

  Map<String, Operation> operations() {
    Parameters id = Parameters.required(Parameters.Type.STRING, "CertificateId");
    return Map.of(
        "DescribeCertificate",
        new Operation(id, sent -> views.certificate(account.find(sent.getString("CertificateId")))),
        "DescribeCertificateDetail",
        new Operation(id, sent -> views.detail(account.find(sent.getString("CertificateId")))),
        "DescribeCertificates",
        new Operation(
            Parameters.allOptional(
                    Parameters.Type.INTEGER,
                    "Offset",
                    "Limit",
                    "ProjectId",
                    "Deployable",
                    "Upload",
                    "Renew",
                    "IsSM",
                    "FilterExpiring",
                    "Hostable",
                    "IsPendingIssue")
                .optional(
                    Parameters.Type.STRING,
                    "SearchKey",
                    "CertificateType",
                    "ExpirationSort",
                    "FilterSource",
                    "ServiceId")
                .optional(Parameters.Type.INTEGERS, "CertificateStatus")
                .optional(Parameters.Type.STRINGS, "CertIds")
                .optional(Parameters.Type.OBJECTS, "Tags"),
            this::list));
  }

  private JsonObject list(JsonObject sent) {
    int offset = sent.getInteger("Offset", 0);
    int limit = sent.getInteger("Limit", 10);
    if (offset < 0 || limit < 0 || limit > MOST) {
      throw new Refused("FailedOperation.InvalidParam", "参数有误: Offset, Limit");
    }
    List<SslCertificate> matching =
        account.all().stream()
            .filter(certificate -> named(certificate, sent))
            .peek(account::progress)
            .filter(certificate -> inStatus(certificate, sent))
            .toList();
    JsonArray page = new JsonArray();
    matching.stream().skip(offset).limit(limit).map(views::item).forEach(page::add);
    return new JsonObject().put("TotalCount", matching.size()).put("Certificates", page);
  }

  private static boolean named(SslCertificate certificate, JsonObject sent) {
    String key = sent.getString("SearchKey", "");
    JsonArray ids = sent.getJsonArray("CertIds", new JsonArray());
    boolean found =
        certificate.id.contains(key)
            || certificate.alias.contains(key)
            || certificate.domains().stream().anyMatch(domain -> domain.contains(key));
    return found && (ids.isEmpty() || ids.contains(certificate.id));
  }

  private static boolean inStatus(SslCertificate certificate, JsonObject sent) {
    JsonArray statuses = sent.getJsonArray("CertificateStatus", new JsonArray());
    return statuses.isEmpty() || statuses.contains(certificate.status);
  }
}
