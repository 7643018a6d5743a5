package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks how a certificate stands. While it waits for a validation that was shown before, Tencent
 * Cloud is asked to look and, once it sees everything, to let the CA look; then the status is read
 * once more. What nobody was shown nobody can have published: that look would be for nothing.
 */
final class SslChecking {
  /** CompleteCertificate: "not supported for certificates of the brands DNSPod and WoTrus". */
  private static final List<String> WITHOUT_COMPLETE = List.of("dnspod", "wotrus", "沃通");

  /** The status is no longer what it was a moment ago: read it again. */
  private static final Set<String> MOVED_ON =
      Set.of(
          TencentSslErrors.CERTIFICATE_NOT_FOUND,
          TencentSslErrors.NOT_FOUND_OR_AUDITED,
          TencentSslErrors.WRONG_STATUS,
          TencentSslErrors.NOT_TO_VERIFY);

  private final SslApi api;

  SslChecking(SslApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> check(Application application, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    DomainName domain = application.domain();
    return api.describe(id, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<SslCertificate>(var certificate, var requestId) -> {
                    Progress seen = SslProgress.of(domain, certificate, requestId);
                    yield seen.phase() == Phase.PENDING_VALIDATION && shown(application, seen)
                        ? new Pending(domain, certificate, seen, context).verify()
                        : Uni.createFrom().item(seen);
                  }
                  case Answer.Failed<SslCertificate>(Failure.Refused(VendorError error))
                      when error.code().equals(TencentSslErrors.CERTIFICATE_NOT_FOUND) ->
                      Uni.createFrom().item(new Failure.Absent(error.requestId()));
                  case Answer.Failed<SslCertificate>(Failure failure) ->
                      Uni.createFrom().item(outcome);
                });
  }

  private static boolean shown(Application application, Progress seen) {
    return !application.validations().isEmpty()
        && application.validations().containsAll(seen.validations());
  }

  /** A certificate that waits for validation. What goes wrong from here on is only explained. */
  private final class Pending {
    private final DomainName domain;
    private final SslCertificate certificate;
    private final Progress seen;
    private final CallContext context;

    Pending(
        DomainName domain, SslCertificate certificate, Progress seen, CallContext context) {
      this.domain = domain;
      this.certificate = certificate;
      this.seen = seen;
      this.context = context;
    }

    Uni<Answer<Progress>> verify() {
      return api.verification(certificate.certificateId(), context)
          .flatMap(
              answer ->
                  switch (answer) {
                    case Answer.Success<DomainVerificationAnswer>(var verified, var requestId) ->
                        judge(verified.verificationResults());
                    case Answer.Failed<DomainVerificationAnswer>(Failure failure) ->
                        failed(outcome);
                  });
    }

    private Uni<Answer<Progress>> judge(List<DomainVerification> results) {
      if (results.isEmpty()) {
        return explained("Tencent Cloud has not looked at the validation yet");
      }
      String text = DomainVerificationText.of(results);
      if (results.stream().anyMatch(result -> Boolean.TRUE.equals(result.issued()))) {
        return readAgain(text);
      }
      if (!results.stream().allMatch(DomainVerification::passed)) {
        return explained(text);
      }
      return completable(certificate)
          ? api.complete(certificate.certificateId(), context).flatMap(asked -> readAgain(text))
          : explained(text);
    }

    private Uni<Answer<Progress>> failed(Outcome outcome) {
      if (!(outcome instanceof Failure.Refused(VendorError error))) {
        return Uni.createFrom().item(seen);
      }
      String text = "CheckCertificateDomainVerification: " + error.code() + ": " + error.message();
      return MOVED_ON.contains(error.code()) ? readAgain(text) : explained(text);
    }

    private Uni<Answer<Progress>> readAgain(String text) {
      return api.describe(certificate.certificateId(), context)
          .flatMap(
              answer -> {
                if (answer instanceof Answer.Success<SslCertificate>(var now, var requestId)) {
                  Progress moved = SslProgress.of(domain, now, requestId);
                  return Uni.createFrom()
                      .item(
                          moved.phase() == Phase.PENDING_VALIDATION
                              ? SslProgress.explained(moved, text)
                              : moved);
                }
                return explained(text);
              });
    }

    private Uni<Answer<Progress>> explained(String text) {
      return Uni.createFrom().item(SslProgress.explained(seen, text));
    }
  }

  private static boolean completable(SslCertificate certificate) {
    return Stream.of(certificate.productZhName(), certificate.packageTypeName(), certificate.from())
        .filter(brand -> brand != null)
        .map(brand -> brand.toLowerCase(Locale.ROOT))
        .noneMatch(brand -> WITHOUT_COMPLETE.stream().anyMatch(brand::contains));
  }
}
