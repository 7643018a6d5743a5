package dev.polycert.vendor.alibaba.clb;

import static dev.polycert.call.JsonEnvelope.first;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.RpcProduct;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The server certificates of CLB in one region, which it keeps by itself. */
final class ClbCertificates implements CertificateStore {
  private final RpcProduct.Regional clb;
  private final String region;

  ClbCertificates(RpcProduct.Regional clb, String region) {
    this.clb = clb;
    this.region = region;
  }

  /** Those that have expired are always among them. */
  @Override
  public Uni<Answer<List<Upload>>> list(boolean expired, CallContext context) {
    return clb.read(
        "DescribeServerCertificates",
        Map.of("RegionId", region),
        context,
        root -> {
          JsonNode items = root.path("ServerCertificates").path("ServerCertificate");
          return items.isArray()
              ? Optional.of(items.valueStream().map(ClbCertificates::upload).toList())
              : Optional.empty();
        },
        "ServerCertificates");
  }

  private static Upload upload(JsonNode item) {
    return new Upload(
        Objects.requireNonNullElse(first(item, "ServerCertificateId"), ""),
        Objects.requireNonNullElse(first(item, "ServerCertificateName"), ""),
        // The vendor's examples show SHA-1; the name has the SHA-256 then.
        Objects.requireNonNullElse(first(item, "Fingerprint"), ""));
  }

  @Override
  public Uni<Answer<String>> upload(
      String name, CertificateBundle certificate, WriteContext context) {
    return clb.write(
        "UploadServerCertificate",
        Map.of(
            "RegionId",
            region,
            "ServerCertificateName",
            name,
            "ServerCertificate",
            certificate.fullChain(),
            "PrivateKey",
            Objects.requireNonNull(certificate.privateKey()).reveal()),
        context,
        root -> Optional.ofNullable(first(root, "ServerCertificateId")),
        "a ServerCertificateId");
  }

  /**
   * CLB itself refuses to delete what a listener uses ({@code CertificateAndPrivateKeyIsRefered}).
   */
  @Override
  public Uni<Answer<List<Upload>>> unused(List<Upload> uploads, CallContext context) {
    return Answer.of(uploads).now();
  }

  @Override
  public Uni<Answer<Boolean>> delete(Upload upload, WriteContext context) {
    return clb.write(
        "DeleteServerCertificate",
        Map.of("RegionId", region, "ServerCertificateId", upload.id()),
        context);
  }
}
