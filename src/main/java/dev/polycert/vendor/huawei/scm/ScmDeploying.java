package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Phase;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts certificates on resources of CDN, WAF and ELB, or hands these services a copy. A resource
 * that has the certificate already is left alone, so that nothing is paid for twice; whether a copy
 * is there already cannot be asked.
 */
final class ScmDeploying {
  private final ScmClient client;

  ScmDeploying(ScmClient client) {
    this.client = client;
  }

  Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> options, CallContext context) {
    Optional<VendorError> refusal = ScmTarget.refusal(options);
    if (refusal.isPresent()) {
      return Result.refused(refusal.get());
    }
    String id = ScmProgress.id(application);
    ScmTarget target = ScmTarget.of(options);
    return ScmClient.result(
        client.certificate(id, context),
        shown -> {
          Optional<VendorError> obstacle = obstacle(application, id, target, shown);
          if (obstacle.isPresent()) {
            return Result.refused(obstacle.get());
          }
          return target.resources().isEmpty()
              ? push(id, target, context)
              : putOn(id, target, context);
        });
  }

  private static Optional<VendorError> obstacle(
      Application application, String id, ScmTarget target, Answer.Success<ScmCertificate> shown) {
    ScmCertificate certificate = shown.value();
    if (certificate.isForAnother(application.domain())) {
      return Optional.of(ScmPreparation.taken(id, shown));
    }
    if (ScmStatus.phase(certificate.status(), true) != Phase.ISSUED) {
      return Optional.of(
          error(
              "Certificate.NotIssued",
              "certificate " + id + " is in status " + certificate.status() + ", not issued",
              shown));
    }
    boolean costs =
        certificate.status().equals(ScmStatus.UPLOAD)
            || certificate.type().equals(ScmOptions.FREE_TYPE);
    return costs && !target.resources().isEmpty() && !target.acceptsFee()
        ? Optional.of(
            error(
                "Fee.NotAccepted",
                "Huawei Cloud asks a fee (CNY 30 for each domain) for putting a free test"
                    + " certificate or an uploaded one on a resource: set acceptFee to true, or"
                    + " name no resources and choose the copy in "
                    + target.service(),
                shown))
        : Optional.empty();
  }

  private Uni<Answer<Deployment>> push(String id, ScmTarget target, CallContext context) {
    return target.projects().size() == 1
        ? ScmClient.result(
            client.push(id, target.push(), context),
            taken -> deployed(target, "pushed", List.of(), taken))
        : ScmClient.result(
            client.push(id, target.batch(), context),
            report -> deployed(target, "pushed", report.value().failures(), report));
  }

  private Uni<Answer<Deployment>> putOn(String id, ScmTarget target, CallContext context) {
    return ScmClient.result(
        client.deployed(id, context),
        there -> {
          List<String> open =
              target.resources().stream()
                  .filter(resource -> !there.value().on(target.service(), resource))
                  .toList();
          return open.isEmpty()
              ? deployed(target, "deployed before", List.of(), there)
              : ScmClient.result(
                  client.deploy(id, target.deploy(open), context),
                  report -> deployed(target, "deployed", report.value().failures(), report));
        });
  }

  private static Uni<Answer<Deployment>> deployed(
      ScmTarget target, String status, List<String> failures, Answer.Success<?> answer) {
    Deployment deployment =
        failures.isEmpty()
            ? new Deployment(Deployment.State.DEPLOYED, target.describe(), status, hint(target))
            : new Deployment(
                Deployment.State.DEPLOY_FAILED,
                target.describe(),
                "failed",
                String.join("; ", failures));
    return Uni.createFrom().item(new Answer.Success<>(deployment, answer.requestId()));
  }

  private static @Nullable String hint(ScmTarget target) {
    return target.resources().isEmpty()
        ? target.service() + " has a copy now; choose it there to put it into use"
        : null;
  }

  private static VendorError error(String code, String message, Answer.Success<?> shown) {
    return new VendorError(ErrorClass.FINAL, code, message, shown.requestId(), null);
  }
}
