package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Cancelling, revoking and downloading. */
final class SslEndings {
  private static final List<String> SERVICE_TYPES =
      List.of("nginx", "tomcat", "apache", "iis", "jks", "other", "root");

  private final SslAccount account;

  SslEndings(SslAccount account) {
    this.account = account;
  }

  Map<String, Operation> operations() {
    Parameters id = Parameters.required(Parameters.Type.STRING, "CertificateId");
    return Map.of(
        "CancelCertificateOrder", new Operation(id, this::cancelOrder),
        "CancelAuditCertificate", new Operation(id, this::cancelAudit),
        "RevokeCertificate",
            new Operation(
                Parameters.required(Parameters.Type.STRING, "CertificateId")
                    .optional(Parameters.Type.STRING, "Reason"),
                this::revoke),
        "DownloadCertificate", new Operation(id, this::download),
        "DescribeDownloadCertificateUrl",
            new Operation(
                Parameters.required(Parameters.Type.STRING, "CertificateId")
                    .optional(Parameters.Type.STRING, "ServiceType"),
                this::downloadUrl));
  }

  private JsonObject cancelOrder(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    if (!cancellable(certificate)) {
      throw new Refused("FailedOperation.InvalidCertificateStatusCode", "证书状态不正确。");
    }
    certificate.status = SslStatus.CANCELLED;
    return new JsonObject().put("CertificateId", certificate.id);
  }

  private JsonObject cancelAudit(JsonObject sent) {
    String refused = "FailedOperation.CertificateNotFoundOrCantCancel";
    SslCertificate certificate = account.asItWas(sent.getString("CertificateId"), refused);
    account.progress(certificate);
    if (!cancellable(certificate)) {
      throw new Refused(refused, "证书不存在或不能取消。");
    }
    certificate.status = SslStatus.CANCELLED;
    return new JsonObject().put("Result", true);
  }

  private static boolean cancellable(SslCertificate certificate) {
    return certificate.awaitsValidation()
        || certificate.status == SslStatus.INFORMATION
        || certificate.status == SslStatus.LETTER;
  }

  private JsonObject revoke(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    if (certificate.status != SslStatus.ISSUED) {
      throw new Refused("FailedOperation.InvalidCertificateStatusCode", "证书状态不正确。");
    }
    certificate.status = SslStatus.REVOKING;
    return new JsonObject().put("RevokeDomainValidateAuths", new JsonArray());
  }

  private JsonObject download(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    return new JsonObject()
        .put("Content", Base64.getEncoder().encodeToString(zip(certificate, issued(certificate))))
        .put("ContentType", "application/zip");
  }

  /** Nothing is at the address; DownloadCertificate has the content. */
  private JsonObject downloadUrl(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    String type = sent.getString("ServiceType", "nginx");
    if (!SERVICE_TYPES.contains(type)) {
      throw new Refused("FailedOperation.CertificateDownloadServiceTypeNotSupport", "不支持的下载服务类型。");
    }
    issued(certificate);
    String file = certificate.domain.replace("*.", "") + "_" + type + ".zip";
    return new JsonObject()
        .put("DownloadCertificateUrl", "https://ssl-download.sandbox.test/" + file)
        .put("DownloadFilename", file);
  }

  private static Issued issued(SslCertificate certificate) {
    if (certificate.status != SslStatus.ISSUED || certificate.issued == null) {
      throw new Refused("FailedOperation.CertificateNotAllowDownload", "证书不允许下载。");
    }
    return certificate.issued;
  }

  private static byte[] zip(SslCertificate certificate, Issued issued) {
    String name = "Nginx/" + certificate.domain.replace("*.", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      write(zip, name + "_bundle.crt", issued.certificatePem() + issued.chainPem());
      if (issued.keys() != null) {
        write(zip, name + ".key", Pem.encode(issued.keys().getPrivate()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
