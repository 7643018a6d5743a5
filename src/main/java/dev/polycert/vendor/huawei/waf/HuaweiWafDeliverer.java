package dev.polycert.vendor.huawei.waf;

import dev.polycert.call.Answer;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Failing;
import dev.polycert.deliver.Stage;
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
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    return deliver(
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier), context);
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(consignment, context).map(answer -> answer.map(Stage.Done::new));
  }

  /** Looks first: a name is taken once, and is made of the certificate's fingerprint. */
  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    Map<String, String> options = consignment.options();
    CertificateBundle certificate = consignment.certificate();
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
    Predicate<Held> isBefore = before(consignment, name.get());
    boolean first = consignment.earlier() == null && consignment.sent().size() <= 1;
    return Answer.then(
        waf.list(first ? name.get() : null),
        listed -> {
          List<Held> before = listed.value().stream().filter(isBefore).toList();
          Set<Host> hosts = hosts(options);
          before.forEach(old -> hosts.addAll(old.hosts()));
          return Answer.then(
              there(waf, listed.value(), name.get(), certificate),
              held ->
                  use(waf, held.value(), hosts)
                      .flatMap(used -> before.isEmpty() ? used.now() : tidy(waf, isBefore, used)));
        });
  }

  /**
   * The certificates that this one takes the place of: that of the last delivery, and those of
   * deliveries that failed, which some domains may have got.
   */
  private static Predicate<Held> before(Consignment consignment, String name) {
    Set<String> sent = consignment.sent().stream().map(Uploads::nameOf).collect(Collectors.toSet());
    return held ->
        !held.name().equals(name)
            && (held.id().equals(consignment.earlier()) || sent.contains(held.name()));
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

  /**
   * Deletes the certificates before, if they are ours and nothing uses them now, even if some
   * domains were refused.
   */
  private static Uni<Answer<String>> tidy(
      WafClient waf, Predicate<Held> isBefore, Answer<String> used) {
    if (used instanceof Answer.Failed<String>(Failure failure)
        && !(failure instanceof Failure.Refused)) {
      return used.now();
    }
    return waf.list(null)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<List<Held>>(List<Held> listed, _) ->
                      delete(
                          waf,
                          listed.stream()
                              .filter(isBefore)
                              .filter(held -> Uploads.isOurs(held.name()))
                              .filter(held -> held.hosts().isEmpty())
                              .map(Held::id)
                              .iterator(),
                          used);
                  case Answer.Failed<List<Held>> failed ->
                      used.then(id -> failed.<String>of()).now();
                });
  }

  /** A delivery succeeds even if WAF keeps an old certificate; the next one tries again. */
  private static Uni<Answer<String>> delete(
      WafClient waf, Iterator<String> unused, Answer<String> used) {
    if (!unused.hasNext()) {
      return used.now();
    }
    String old = unused.next();
    return waf.delete(old)
        .flatMap(
            deleted -> {
              if (deleted instanceof Answer.Failed<String>(Failure failure)) {
                if (!(failure instanceof Failure.Refused(VendorError error))) {
                  return used.then(id -> new Answer.Failed<String>(failure)).now();
                }
                LOG.warnf(
                    "huawei-waf: the old certificate %s was not deleted: %s: %s",
                    old, error.code(), error.message());
              }
              return delete(waf, unused, used);
            });
  }
}
