package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.vendor.tencent.ssl.SslApi.Verifications;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks how a certificate stands. While it waits for a validation that was shown before, Tencent
 * Cloud is asked to look and, once it sees everything, to let the CA look; then the status is read
 * once more. A validation that was not shown cannot be published yet: that look would be in vain.
 */
final class SslCheck {
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

  SslCheck(SslApi api) {
    this.api = api;
  }

  Uni<Answer<Progress>> check(Application application, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    DomainName domain = application.domain();
    return Answer.then(
        api.describe(id, context).map(SslApi::orAbsent),
        found -> {
          Progress seen =
              SslInformation.explained(
                  application, SslProgress.of(domain, found.value(), found.requestId()));
          return seen.phase() == Phase.PENDING_VALIDATION && shown(application, seen)
              ? new Pending(domain, found.value(), seen, context).verify()
              : Answer.of(seen).now();
        });
  }

  private static boolean shown(Application application, Progress seen) {
    return !application.validations().isEmpty()
        && application.validations().containsAll(seen.validations());
  }

  /**
   * A certificate that waits for validation. Failures from here on are only reported in its
   * message.
   */
  private final class Pending {
    private final DomainName domain;
    private final SslCertificate certificate;
    private final Progress seen;
    private final CallContext context;

    Pending(DomainName domain, SslCertificate certificate, Progress seen, CallContext context) {
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
                    case Answer.Success<Verifications>(var verified, var requestId) ->
                        judge(verified.verificationResults());
                    case Answer.Failed<Verifications>(Failure failure) -> unverified(failure);
                  });
    }

    private Uni<Answer<Progress>> judge(List<DomainVerification> results) {
      if (results.isEmpty()) {
        return explained("Tencent Cloud has not looked at the validation yet");
      }
      String text = DomainVerification.text(results);
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

    private Uni<Answer<Progress>> unverified(Failure failure) {
      if (!(failure instanceof Failure.Refused(VendorError error))) {
        return Answer.of(seen).now();
      }
      String text = "CheckCertificateDomainVerification: " + error.code() + ": " + error.message();
      return MOVED_ON.contains(error.code()) ? readAgain(text) : explained(text);
    }

    private Uni<Answer<Progress>> readAgain(String text) {
      return api.describe(certificate.certificateId(), context)
          .flatMap(
              answer ->
                  answer instanceof Answer.Success<SslCertificate>(var now, var requestId)
                      ? moved(SslProgress.of(domain, now, requestId), text)
                      : explained(text));
    }

    private Uni<Answer<Progress>> moved(Progress now, String text) {
      boolean waits = now.phase() == Phase.PENDING_VALIDATION;
      return Answer.of(waits ? SslProgress.explained(now, text) : now).now();
    }

    private Uni<Answer<Progress>> explained(String text) {
      return Answer.of(SslProgress.explained(seen, text)).now();
    }
  }

  private static boolean completable(SslCertificate certificate) {
    return Stream.of(certificate.productZhName(), certificate.packageTypeName(), certificate.from())
        .filter(brand -> brand != null)
        .map(brand -> brand.toLowerCase(Locale.ROOT))
        .noneMatch(brand -> WITHOUT_COMPLETE.stream().anyMatch(brand::contains));
  }
}
