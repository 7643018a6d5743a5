package dev.polycert.vendor.huawei.waf;

import dev.polycert.call.Answer;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Failing;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.huawei.RegionalProduct;
import dev.polycert.vendor.huawei.Uploads;
import dev.polycert.vendor.huawei.waf.WafClient.Held;
import dev.polycert.vendor.huawei.waf.WafClient.Host;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Uploads certificates to WAF and makes protected domains use them. A renewal also goes to all
 * domains that use the certificate before it, which is then deleted.
 */
@ApplicationScoped
public class HuaweiWafDeliverer implements Deliverer {
  private static final Logger LOG = Logger.getLogger(HuaweiWafDeliverer.class);

  private static final String HOSTS = "hosts";
  private static final String PREMIUM_HOSTS = "premiumHosts";
  private static final String ENTERPRISE_PROJECT = "enterpriseProjectId";

  private static final Descriptor SERVICE =
      RegionalProduct.describe(
              "huawei-waf",
              "protected domains of Huawei Cloud WAF; a renewal goes to all that use the"
                  + " certificate before it, which is then deleted")
          .access(
              "a user that may read, create, apply and delete certificates, `waf:certificate:*`")
          .option(
              HOSTS,
              "ids of domains that WAF protects in the cloud, separated by commas; these or"
                  + " `premiumHosts` are needed")
          .option(
              PREMIUM_HOSTS, "ids of domains that dedicated instances protect, separated by commas")
          .option(ENTERPRISE_PROJECT, "their enterprise project");

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{32}");
  private static final int MOST_HOSTS = 50;

  private final RegionalProduct<WafApi> product;

  HuaweiWafDeliverer(Clients clients, Config config) {
    product = new RegionalProduct<>(SERVICE, "waf", WafApi.class, clients, config);
  }

  @Override
  public Service service() {
    return product.service();
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = product.wrong(options);
    for (String option : new String[] {HOSTS, PREMIUM_HOSTS}) {
      List<String> ids = Uploads.list(options, option);
      if (ids.size() > MOST_HOSTS || ids.stream().anyMatch(id -> !ID.matcher(id).matches())) {
        wrong.put(
            option,
            "must be up to %d ids of 32 letters and digits, separated by commas"
                .formatted(MOST_HOSTS));
      }
    }
    if (hosts(options).isEmpty()) {
      wrong.putIfAbsent(
          HOSTS, "is missing, and so is %s: name one domain or more".formatted(PREMIUM_HOSTS));
    }
    return wrong;
  }

  private static Set<Host> hosts(Map<String, String> options) {
    Set<Host> hosts = new LinkedHashSet<>();
    Uploads.list(options, HOSTS).forEach(id -> hosts.add(new Host(id, false)));
    Uploads.list(options, PREMIUM_HOSTS).forEach(id -> hosts.add(new Host(id, true)));
    return hosts;
  }

  /** Huawei Cloud's pages show keys in OpenSSL's own form. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  /** Looks first: a name is taken once, and is made of the certificate's fingerprint. */
  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Map<String, String> wrong = wrong(options);
    Optional<String> name = Uploads.name(certificate.certificate());
    if (!wrong.isEmpty() || name.isEmpty()) {
      return (wrong.isEmpty()
              ? Answer.<String>refused(Pem.UNREADABLE)
              : Uploads.<String>refused("Target.Invalid", wrong.toString()))
          .now();
    }
    WafClient waf =
        new WafClient(
            product.client(options),
            product.project(options),
            options.get(ENTERPRISE_PROJECT),
            context);
    return Answer.then(
        waf.list(earlier == null ? name.get() : null),
        listed -> {
          Optional<Held> before =
              listed.value().stream()
                  .filter(held -> held.id().equals(earlier) && !held.name().equals(name.get()))
                  .findFirst();
          Set<Host> hosts = hosts(options);
          before.ifPresent(old -> hosts.addAll(old.hosts()));
          return Answer.then(
              there(waf, listed.value(), name.get(), certificate),
              held ->
                  Answer.then(
                      use(waf, held.value(), hosts),
                      used -> before.map(old -> tidy(waf, old, used)).orElseGet(used::now)));
        });
  }

  private static Uni<Answer<Held>> there(
      WafClient waf, List<Held> listed, String name, CertificateBundle certificate) {
    return listed.stream()
        .filter(held -> held.name().equals(name))
        .findFirst()
        .map(held -> Answer.of(held).now())
        .orElseGet(() -> waf.create(name, certificate));
  }

  /** A domain that WAF refuses is reported by its id, after the others have the certificate. */
  private static Uni<Answer<String>> use(WafClient waf, Held held, Set<Host> hosts) {
    List<Host> left = hosts.stream().filter(host -> !held.hosts().contains(host)).toList();
    if (left.isEmpty()) {
      return Answer.of(held.id()).now();
    }
    Failing failing = new Failing();
    return failing
        .bring(left, Host::id, some -> waf.apply(held.id(), some), WafClient::isOfADomain)
        .map(
            done ->
                failing
                    .asOne(error -> false)
                    .<Answer<String>>map(Answer.Failed::new)
                    .orElseGet(() -> Answer.of(held.id())));
  }

  /** Deletes the certificate before, if it is one of ours and nothing uses it now. */
  private static Uni<Answer<String>> tidy(
      WafClient waf, Held before, Answer.Success<String> delivered) {
    if (!Uploads.isOurs(before.name())) {
      return delivered.now();
    }
    return Answer.then(
        waf.list(before.name()),
        listed ->
            listed.value().stream()
                .filter(held -> held.id().equals(before.id()) && held.hosts().isEmpty())
                .findFirst()
                .map(
                    unused ->
                        waf.delete(unused.id())
                            .map(deleted -> tidied(deleted, unused.id(), delivered.value())))
                .orElseGet(delivered::now));
  }

  /** A delivery succeeds even if WAF keeps the old certificate. */
  private static Answer<String> tidied(Answer<String> deleted, String old, String id) {
    return deleted
        .map(gone -> id)
        .recover(
            failure -> {
              if (failure instanceof Failure.Refused(VendorError error)) {
                LOG.warnf(
                    "huawei-waf: the old certificate %s was not deleted: %s: %s",
                    old, error.code(), error.message());
                return Answer.of(id);
              }
              return new Answer.Failed<>(failure);
            });
  }
}
