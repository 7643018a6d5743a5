package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Export;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Result;
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

  Uni<Result<Export>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    return Answer.thenResult(
        api.detail(id, context),
        found -> {
          CertificateDetail detail = found.value();
          PrivateKeyPem key = includePrivateKey ? detail.certificatePrivateKey() : null;
          Result<Export> result =
              Export.ofBundle(detail.certificatePublicKey(), key)
                  .<Result<Export>>map(export -> new Result.Value<>(export, found.requestId()))
                  .orElseGet(() -> incomplete(found.requestId()));
          return Uni.createFrom().item(result);
        });
  }

  private static Result<Export> incomplete(@Nullable String requestId) {
    return new Result.Failed<>(
        new Outcome.Refused(
            new VendorError(
                ErrorClass.RETRY,
                "Answer.Incomplete",
                "success without a certificate",
                requestId,
                null)));
  }
}
