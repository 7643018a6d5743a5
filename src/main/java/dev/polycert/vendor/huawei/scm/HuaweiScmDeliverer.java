package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.provider.Pem;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Imports certificates into SCM, and hands a service a copy where one is named. A renewal is
 * another certificate with an id of its own; the one before stays, and whatever uses it.
 */
@ApplicationScoped
public class HuaweiScmDeliverer implements Deliverer {
  private static final String SERVICE = "targetService";
  private static final String PROJECT = "targetProject";
  private static final List<String> SERVICES = List.of("CDN", "WAF", "ELB");
  private static final int NAMED_BY = 16;

  private final HuaweiScmProvider provider;

  HuaweiScmDeliverer(HuaweiScmProvider provider) {
    this.provider = provider;
  }

  @Override
  public String id() {
    return provider.descriptor().id();
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        SERVICE,
        "CDN, WAF or ELB: gets a copy to choose from; none when not given",
        PROJECT,
        "the region or project of that service, cn-north-4 for example");
  }

  @Override
  public List<String> missing() {
    return provider.account().missing();
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    String service = options.get(SERVICE);
    String project = options.get(PROJECT);
    if (service != null && !SERVICES.contains(service)) {
      wrong.put(SERVICE, "must be one of " + String.join(", ", SERVICES));
    }
    if (service == null && project != null) {
      wrong.put(SERVICE, "is missing; it says which service of that project gets a copy");
    }
    if (service != null && (project == null || project.isBlank())) {
      wrong.put(PROJECT, "is missing; the region or project of " + service);
    }
    return wrong;
  }

  /**
   * Looks first: SCM takes the same certificate any number of times. It is found by its name, which
   * is made of its fingerprint, because SCM's list tells no fingerprints.
   */
  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      CallContext context) {
    Optional<String> fingerprint = Pem.fingerprint(certificate.certificate());
    if (fingerprint.isEmpty()) {
      return Result.refused(
          new VendorError(
              ErrorClass.FINAL,
              "Certificate.Unreadable",
              "the certificate is none in PEM that can be read"));
    }
    String name = "polycert-" + fingerprint.get().substring(0, NAMED_BY);
    return ScmClient.result(
        provider.client().certificates(ScmStatus.UPLOAD, context),
        listed ->
            listed.value().items().stream()
                .filter(one -> one.name().equals(name))
                .map(ScmListed::id)
                .findFirst()
                .map(id -> push(id, options, listed.requestId(), context))
                .orElseGet(() -> importAndPush(name, certificate, options, context)));
  }

  private Uni<Answer<String>> importAndPush(
      String name, CertificateBundle certificate, Map<String, String> options, CallContext context) {
    return ScmClient.result(
        provider.client().importCertificate(name, certificate, context),
        imported -> push(imported.value(), options, imported.requestId(), context));
  }

  private Uni<Answer<String>> push(
      String id, Map<String, String> options, @Nullable String requestId, CallContext context) {
    String service = options.get(SERVICE);
    return service == null
        ? Result.value(id, requestId)
        : ScmClient.result(
            provider
                .client()
                .push(id, new ScmPush(options.getOrDefault(PROJECT, ""), service), context),
            pushed -> Result.value(id, pushed.requestId()));
  }
}
