package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Phase;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
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
final class ScmDeployment {
  private final ScmClient client;

  ScmDeployment(ScmClient client) {
    this.client = client;
  }

  Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> options, WriteContext context) {
    Optional<VendorError> refusal = ScmTarget.refusal(options);
    if (refusal.isPresent()) {
      return Answer.<Deployment>refused(refusal.get()).now();
    }
    String id = ScmProgress.id(application);
    ScmTarget target = ScmTarget.of(options);
    return Answer.then(
        client.certificate(id, context).map(ScmClient::settled),
        shown -> {
          Optional<VendorError> obstacle = obstacle(application, id, target, shown);
          if (obstacle.isPresent()) {
            return Answer.<Deployment>refused(obstacle.get()).now();
          }
          return target.resources().isEmpty()
              ? push(id, target, context)
              : putOn(id, target, context);
        });
  }

  private static Optional<VendorError> obstacle(
      Application application, String id, ScmTarget target, Answer.Success<Certificate> shown) {
    Certificate certificate = shown.value();
    if (certificate.isForAnother(application.domain())) {
      return Optional.of(ScmPreparation.taken(id, shown));
    }
    if (ScmProgress.phase(certificate.status(), true) != Phase.ISSUED) {
      return Optional.of(
          error(
              "Certificate.NotIssued",
              "certificate " + id + " is in status " + certificate.status() + ", not issued",
              shown));
    }
    boolean costs =
        certificate.status().equals(ScmProgress.UPLOAD)
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

  private Uni<Answer<Deployment>> push(String id, ScmTarget target, WriteContext context) {
    List<String> projects = target.projects();
    Uni<Answer<List<String>>> failures =
        projects.size() == 1
            ? client
                .push(id, target.service(), projects.getFirst(), context)
                .map(answer -> answer.map(taken -> List.of()))
            : client.push(id, target.service(), projects, context);
    return failures.map(answer -> deployed(target, "pushed", answer));
  }

  private Uni<Answer<Deployment>> putOn(String id, ScmTarget target, WriteContext context) {
    return Answer.then(
        client.deployed(id, context).map(ScmClient::settled),
        there -> {
          List<String> open =
              target.resources().stream()
                  .filter(resource -> !there.value().on(target.service(), resource))
                  .toList();
          return open.isEmpty()
              ? deployed(
                      target, "deployed before", new Answer.Success<>(List.of(), there.requestId()))
                  .now()
              : client
                  .deploy(id, target.deploy(open), context)
                  .map(answer -> deployed(target, "deployed", answer));
        });
  }

  private static Answer<Deployment> deployed(
      ScmTarget target, String status, Answer<List<String>> failures) {
    return ScmClient.settled(failures)
        .map(
            failed ->
                failed.isEmpty()
                    ? new Deployment(
                        Deployment.State.DEPLOYED, target.describe(), status, hint(target))
                    : new Deployment(
                        Deployment.State.DEPLOY_FAILED,
                        target.describe(),
                        "failed",
                        String.join("; ", failed)));
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
