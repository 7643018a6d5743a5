package dev.polycert.vendor.huawei.cdn;

import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Failure;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Failing;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.huawei.EcsAgency;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.SdkHmacSigner;
import dev.polycert.vendor.huawei.Uploads;
import dev.polycert.vendor.huawei.cdn.Accelerated.Settings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Puts certificates on accelerated domains of CDN, in one call for all that are configured alike,
 * and leaves what else is configured as it is.
 */
@ApplicationScoped
public class HuaweiCdnDeliverer implements Deliverer {
  private static final String DOMAINS = "domains";
  private static final String ENTERPRISE_PROJECT = "enterpriseProjectId";

  /** "At most 50 domain names" ("Configuring a Certificate for a Batch of Domain Names"). */
  private static final int MOST_DOMAINS = 50;

  private static final String UPDATE = "UpdateDomainMultiCertificates";
  private static final String SHOW = "ShowDomainFullConfig";

  private static final Descriptor SERVICE =
      Descriptor.of(
              "huawei-cdn",
              "accelerated domains of Huawei Cloud CDN, up to 50 in one call; a renewal takes the"
                  + " place of the certificate before it")
          .at("https://cdn.myhuaweicloud.com")
          .keyId("HUAWEICLOUD_SDK_AK")
          .secret("HUAWEICLOUD_SDK_SK")
          .token("HUAWEICLOUD_SDK_SECURITY_TOKEN")
          .role(EcsAgency.ROLE)
          .variable(SdkHmacSigner.DOMAIN_ID, false, "the id of the account, where keys need it")
          .access(
              "a user that may read the configuration of domains, and"
                  + " `cdn:configuration:modifyHttpsConf`")
          .required(
              DOMAINS, "the accelerated domains, separated by commas: `{domain}`, or up to 50")
          .option(ENTERPRISE_PROJECT, "their enterprise project; `all` for any")
          // 20 calls a minute.
          .limit(UPDATE, 1.0 / 3);

  private static final String NOT_COVERED = "Certificate.OtherNames";
  private static final String REPLACED = "Certificate.Replaced";

  /**
   * "Error Codes", as far as these operations have them; most come with the status 200. The list is
   * not complete: what is not here is classified by its HTTP status.
   */
  static final ErrorTable ERRORS =
      HuaweiEnvelope.gatewayErrors()
          .put(QUOTA, "CDN.0005", "CDN.0104")
          .put(CREDENTIALS, "CDN.0004", "CDN.0020", "CDN.0021")
          // The object or the domain is not there, or belongs to somebody else.
          .put(FINAL, "CDN.0003", "CDN.0105", "CDN.0108")
          // The domain is banned or locked.
          .put(FINAL, "CDN.0106", "CDN.0115", "CDN.0116")
          .put(FINAL, "CDN.0015", "CDN.0016", "CDN.0101", "CDN.0102", "CDN.0103", "CDN.0107")
          .put(FINAL, "CDN.0109", "CDN.0110")
          .build();

  /** The refusals that are due to a domain and not to the certificate. */
  private static final List<String> OF_A_DOMAIN =
      List.of("CDN.0003", "CDN.0105", "CDN.0106", "CDN.0108", "CDN.0115", "CDN.0116");

  private static final Failure OF_OTHERS =
      new Failure.Refused(
          new VendorError(
              FINAL,
              REPLACED,
              "somebody has put another certificate there, which stays; remove the target and add"
                  + " it again to have it replaced"));

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);

  private final Client<CdnApi> client;
  private final Clock clock;

  HuaweiCdnDeliverer(Clients clients, Config config, Clock clock) {
    this.clock = clock;
    client =
        clients.client(
            SERVICE,
            new ServiceSettings(Optional.empty()),
            CdnApi.class,
            SdkHmacSigner.ofAccount(config));
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    List<String> domains = Uploads.list(options, DOMAINS);
    if (domains.isEmpty() || domains.size() > MOST_DOMAINS) {
      wrong.put(
          DOMAINS, "has %d domains; it must have 1 to %d".formatted(domains.size(), MOST_DOMAINS));
    }
    domains.stream()
        .filter(domain -> name(domain).isEmpty())
        .findFirst()
        .ifPresent(bad -> wrong.put(DOMAINS, "'%s' is no domain name".formatted(bad)));
    return wrong;
  }

  /** Files write {@code _wildcard.} in place of the asterisk, which CDN has in its names. */
  private static Optional<DomainName> name(String domain) {
    try {
      return Optional.of(DomainName.parse(domain.replaceFirst("^_wildcard\\.", "*.")));
    } catch (DomainName.InvalidNameException none) {
      return Optional.empty();
    }
  }

  /** CDN's certificate requirements say to convert keys that are in PKCS #8. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return error.code().equals(NOT_COVERED) || error.code().equals(REPLACED);
  }

  /**
   * Looks first: a domain that serves the certificate already needs no call, and all other settings
   * stay as they are. A domain that fails is reported by its name, after the others have the
   * certificate.
   */
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
    List<String> domains =
        Uploads.list(options, DOMAINS).stream()
            .map(given -> name(given).orElseThrow().ascii())
            .distinct()
            .toList();
    return bring(
        domains,
        new Errand(
            name.get(), certificate, options.get(ENTERPRISE_PROJECT), earlier != null, context),
        new Failing());
  }

  /**
   * The content of a delivery to its domains.
   *
   * @param renewal whether an earlier delivery has brought certificates there
   */
  private record Errand(
      String name,
      CertificateBundle certificate,
      @Nullable String project,
      boolean renewal,
      WriteContext context) {}

  private Uni<Answer<String>> bring(List<String> domains, Errand errand, Failing failing) {
    List<String> names = Uploads.dnsNames(errand.certificate.certificate());
    List<String> covered = domains.stream().filter(it -> Uploads.covers(names, it)).toList();
    List<String> others = domains.stream().filter(it -> !covered.contains(it)).toList();
    return inTurn(covered, domain -> shown(domain, errand, failing))
        .flatMap(
            shown -> {
              Map<Settings, List<String>> left =
                  shown.stream()
                      .flatMap(Optional::stream)
                      .filter(
                          it -> !Uploads.isSame(it.certificate(), errand.certificate.certificate()))
                      .filter(it -> !errand.renewal || isOurs(it, failing))
                      .collect(
                          Collectors.groupingBy(
                              Accelerated::settings,
                              LinkedHashMap::new,
                              Collectors.mapping(Accelerated::domain, Collectors.toList())));
              return inTurn(
                  List.copyOf(left.entrySet()),
                  alike -> set(alike.getValue(), alike.getKey(), errand, failing));
            })
        .map(
            done -> {
              if (!others.isEmpty()) {
                failing.add(others, notFor(names));
              }
              return failing
                  .asOne(this::refusesForGood)
                  .<Answer<String>>map(Answer.Failed::new)
                  .orElseGet(() -> Answer.of(errand.name));
            });
  }

  /**
   * Whether a renewal may take the place of what a domain has: a certificate of ours, by the name
   * that is made of its fingerprint, or one that has ended. A certificate that somebody else has
   * put there since is left and reported.
   */
  private boolean isOurs(Accelerated there, Failing failing) {
    boolean ours =
        Uploads.name(there.certificate()).filter(there.name()::equals).isPresent()
            || Pem.certificate(there.certificate())
                .filter(it -> it.getNotAfter().toInstant().isAfter(clock.instant()))
                .isEmpty();
    if (!ours) {
      failing.add(List.of(there.domain()), OF_OTHERS);
    }
    return ours;
  }

  private static Failure notFor(List<String> names) {
    return new Failure.Refused(
        new VendorError(FINAL, NOT_COVERED, "the certificate is not for these, but for " + names));
  }

  private Uni<Optional<Accelerated>> shown(String domain, Errand errand, Failing failing) {
    return show(domain, errand.project, errand.context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<Accelerated>(Accelerated it, _) -> Optional.of(it);
                  case Answer.Failed<Accelerated>(Failure failure) -> {
                    failing.add(List.of(domain), failure);
                    yield Optional.<Accelerated>empty();
                  }
                });
  }

  /**
   * Puts the certificate on domains that are configured alike; one domain can make CDN refuse all.
   */
  private Uni<Void> set(List<String> domains, Settings settings, Errand errand, Failing failing) {
    return failing.bring(
        domains,
        domain -> domain,
        some ->
            update(
                body(errand.name, errand.certificate, settings, some),
                errand.project,
                errand.context),
        failure -> OF_A_DOMAIN.stream().anyMatch(failure::isRefused));
  }

  private Uni<Answer<Accelerated>> show(
      String domain, @Nullable String project, CallContext context) {
    return client.read(
        SHOW,
        context,
        api -> api.showDomainFullConfig(domain, project),
        ENVELOPE.decoder(root -> Accelerated.of(domain, root), "the configuration of " + domain));
  }

  private Uni<Answer<Boolean>> update(byte[] body, @Nullable String project, WriteContext context) {
    return client.write(
        UPDATE,
        context,
        api -> api.updateDomainMultiCertificates(project, body),
        ENVELOPE.decoder(
            root -> root.path("https").isObject() ? Optional.of(true) : Optional.empty(), "https"));
  }

  private static byte[] body(
      String name, CertificateBundle certificate, Settings settings, List<String> domains) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode https =
        root.putObject("https")
            .put("domain_name", String.join(",", domains))
            .put("https_switch", 1)
            .put("cert_name", name)
            .put("certificate", lines(certificate.fullChain()))
            .put("private_key", lines(Objects.requireNonNull(certificate.privateKey()).reveal()))
            // The value for a certificate of the caller's own.
            .put("certificate_type", 0);
    settings.addTo(https);
    return JsonBody.of(root);
  }

  /** "The certificate content must not contain blank lines." */
  private static String lines(String pem) {
    return pem.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
  }

  /** Makes calls one after the other. */
  private static <T, R> Uni<List<R>> inTurn(List<T> items, Function<T, Uni<R>> call) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUniAndConcatenate(item -> call.apply(item))
        .collect()
        .asList();
  }
}
