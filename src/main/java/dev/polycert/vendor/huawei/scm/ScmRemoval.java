package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Withdraws applications and deletes certificates. A withdrawn application leaves the bought
 * certificate, which can be applied for again; to give that back is a matter of money and not done
 * here.
 */
final class ScmRemoval {
  private final ScmClient client;

  ScmRemoval(ScmClient client) {
    this.client = client;
  }

  Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return Answer.then(
        show(application, context),
        shown ->
            ScmProgress.running(shown.value().status())
                ? withdraw(application, context)
                : withdrawn(application, shown).now());
  }

  private Uni<Answer<Progress>> withdraw(Application application, WriteContext context) {
    return client
        .cancel(ScmProgress.id(application), context)
        .map(answer -> answer.then(taken -> Answer.of(inReview(application, taken.requestId()))))
        .flatMap(
            answer ->
                answer instanceof Answer.Failed<Progress>(Failure failure)
                        && !failure.isRefused(ErrorClass.ALREADY_APPLIED)
                    ? ScmClient.settled(answer).now()
                    : look(application, ScmClient.settled(answer), context));
  }

  private static Progress inReview(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.UNKNOWN,
        application.requireReference(),
        List.of(),
        null,
        ScmProgress.CANCELCHECKING,
        "the withdrawal is under review",
        requestId);
  }

  /** The state after the write, or the write's own result if the look shows nothing more. */
  private Uni<Answer<Progress>> look(
      Application application, Answer<Progress> written, CallContext context) {
    return client
        .certificate(ScmProgress.id(application), context)
        .map(
            answer ->
                answer instanceof Answer.Success<Certificate> shown
                        && !ScmProgress.running(shown.value().status())
                    ? withdrawn(application, shown)
                    : written);
  }

  private static Answer<Progress> withdrawn(
      Application application, Answer.Success<Certificate> shown) {
    Progress standing = ScmProgress.of(application, application.requireReference(), shown);
    return switch (standing.phase()) {
      case PENDING_INFORMATION -> Answer.of(ScmProgress.withdrawn(application, shown.requestId()));
      case ISSUED -> refused("Certificate.Issued", "is issued already; delete it instead", shown);
      default -> Answer.of(standing);
    };
  }

  Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return Answer.then(
        show(application, context),
        shown ->
            switch (shown.value().status()) {
              // These serve no host: never issued, or no longer trusted.
              case "UNPASSED", "EXPIRED", "REVOKED" -> deleteUnused(application, context);
              case "ISSUED", ScmProgress.UPLOAD -> deleteUndeployed(application, shown, context);
              case ScmProgress.PAID ->
                  refused(
                          "Certificate.Bought",
                          "is bought and not used: use it for another application, or unsubscribe"
                              + " from it in SCM's console",
                          shown)
                      .now();
              default ->
                  refused(
                          "Certificate.UseUnknown",
                          "is under way to something else: cancel its application, or wait",
                          shown)
                      .now();
            });
  }

  /** SCM deploys to CDN, WAF and ELB, and asks these where the certificate is. */
  private Uni<Answer<Progress>> deleteUndeployed(
      Application application, Answer.Success<Certificate> shown, WriteContext context) {
    return Answer.then(
        client.deployed(ScmProgress.id(application), context),
        answer -> {
          ScmDeployed deployed = answer.value();
          if (!deployed.places().isEmpty()) {
            return refused("Certificate.InUse", "is deployed on " + deployed.describe(), shown)
                .now();
          }
          return deployed.certain()
              ? deleteUnused(application, context)
              : refused(
                      "Certificate.UseUnknown",
                      "may be deployed: SCM got no answer from every service; try again later",
                      shown)
                  .now();
        });
  }

  private Uni<Answer<Progress>> deleteUnused(Application application, WriteContext context) {
    return client
        .delete(ScmProgress.id(application), context)
        .map(
            answer ->
                ScmClient.settled(answer)
                    .then(gone -> new Answer.Failed<>(new Failure.Absent(gone.requestId()))));
  }

  /** The certificate as it is now; a failure when it is gone, or serves another domain. */
  private Uni<Answer<Certificate>> show(Application application, CallContext context) {
    String id = ScmProgress.id(application);
    return client
        .certificate(id, context)
        .map(
            answer ->
                ScmClient.settled(answer)
                    .then(
                        shown ->
                            shown.value().isForAnother(application.domain())
                                ? Answer.refused(ScmPreparation.taken(id, shown))
                                : shown));
  }

  private static Answer<Progress> refused(
      String code, String what, Answer.Success<Certificate> shown) {
    return Answer.refused(
        new VendorError(
            ErrorClass.FINAL,
            code,
            "certificate "
                + name(shown.value())
                + " in status "
                + shown.value().status()
                + " "
                + what,
            shown.requestId(),
            null));
  }

  /** A certificate that is not used has no domain. */
  private static String name(Certificate certificate) {
    return certificate.domain().isEmpty()
        ? Objects.requireNonNullElse(certificate.id(), "without a domain")
        : certificate.domain();
  }
}
