package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Gives out a certificate by DescribeCertificateDetail. DownloadCertificate has the same in an
 * archive, with nothing that this answer lacks.
 */
final class SslExporting {
  private final SslApi api;

  SslExporting(SslApi api) {
    this.api = api;
  }

  Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    return Answer.then(
        api.detail(id, context),
        found -> {
          CertificateDetail detail = found.value();
          PrivateKeyPem key = includePrivateKey ? detail.certificatePrivateKey() : null;
          Answer<CertificateBundle> result =
              CertificateBundle.read(detail.certificatePublicKey(), key)
                  .<Answer<CertificateBundle>>map(export -> new Answer.Success<>(export, found.requestId()))
                  .orElseGet(() -> incomplete(found.requestId()));
          return Uni.createFrom().item(result);
        });
  }

  private static Answer<CertificateBundle> incomplete(@Nullable String requestId) {
    return new Answer.Failed<>(
        new Failure.Refused(
            new VendorError(
                ErrorClass.RETRY,
                "Answer.Incomplete",
                "success without a certificate",
                requestId,
                null)));
  }
}
