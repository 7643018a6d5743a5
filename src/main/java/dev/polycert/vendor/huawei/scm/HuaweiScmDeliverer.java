package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.huawei.Uploads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final Descriptor DELIVERY =
      HuaweiScmProvider.SCM
          .titled(
              "Huawei Cloud SCM, and a copy to one service; a renewal is another certificate there")
          .option(SERVICE, "CDN, WAF or ELB: gets a copy to choose from; none when not given")
          .option(
              PROJECT,
              "the region or project of that service, cn-north-4 for example; CDN has none");

  /** "Push cert error", and "not allowed in the current type or status". */
  private static final Set<String> PUSH_REFUSED = Set.of("SCM.0028", "SCM.0010");

  private static final Pattern PUSHED =
      Pattern.compile("already.{0,40}push|push.{0,40}already|已.{0,8}推送", Pattern.CASE_INSENSITIVE);

  private final Service service;
  private final ScmClient client;

  HuaweiScmDeliverer(HuaweiScmProvider provider) {
    service = new Service(DELIVERY, provider.account());
    client = provider.client();
  }

  @Override
  public Service service() {
    return service;
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
    boolean nowhere = project == null || project.isBlank();
    if (service != null && nowhere && !service.equals("CDN")) {
      wrong.put(PROJECT, "is missing; the region or project of " + service);
    }
    return wrong;
  }

  /** SCM's pages show keys in OpenSSL's own form. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  /**
   * Looks first: SCM takes the same certificate any number of times. It is found by its name, which
   * is made of its fingerprint, because SCM's list shows no fingerprints.
   */
  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Optional<String> named = Uploads.name(certificate.certificate());
    if (named.isEmpty()) {
      return Answer.<String>refused(Pem.UNREADABLE).now();
    }
    String name = named.get();
    Uni<Answer<String>> hosted =
        Answer.then(
            client.certificates(ScmProgress.UPLOAD, context),
            listed ->
                listed.value().items().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .map(one -> new Answer.Success<>(one.id(), listed.requestId()).now())
                    .orElseGet(() -> client.importCertificate(name, certificate, context)));
    String target = options.get(SERVICE);
    return (target == null
            ? hosted
            : Answer.then(
                hosted,
                held ->
                    client
                        .push(held.value(), target, options.getOrDefault(PROJECT, ""), context)
                        .map(pushed -> orThereAlready(pushed, held.value()))))
        .map(ScmClient::settled);
  }

  /** CDN takes each certificate once, and the answer to the first push may have been lost. */
  private static Answer<String> orThereAlready(Answer<String> pushed, String id) {
    return pushed.recover(
        failure ->
            failure instanceof Failure.Refused(VendorError error) && saysPushed(error)
                ? new Answer.Success<>(id, error.requestId())
                : new Answer.Failed<>(failure));
  }

  /** SCM has one code for whatever is wrong with a push, so that its words decide. */
  private static boolean saysPushed(VendorError error) {
    return PUSH_REFUSED.contains(error.code()) && PUSHED.matcher(error.message()).find();
  }
}
