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
import dev.polycert.call.JsonBody;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.SdkHmacSigner;
import dev.polycert.vendor.huawei.Uploads;
import dev.polycert.vendor.huawei.cdn.Accelerated.Settings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);

  private final Client<CdnApi> client;

  HuaweiCdnDeliverer(Clients clients, Config config) {
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
    return error.code().equals(NOT_COVERED);
  }

  /**
   * Looks first: domains that serve the certificate already need no call, and the others keep their
   * settings.
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
              ? Uploads.<String>unreadable()
              : Uploads.<String>refused("Target.Invalid", wrong.toString()))
          .now();
    }
    List<String> domains =
        Uploads.list(options, DOMAINS).stream()
            .map(given -> name(given).orElseThrow().ascii())
            .distinct()
            .toList();
    List<String> names = Uploads.dnsNames(certificate.certificate());
    List<String> others = domains.stream().filter(each -> !covered(each, names)).toList();
    if (!others.isEmpty()) {
      return Uploads.<String>refused(
              NOT_COVERED, "the certificate is for %s, and not for %s".formatted(names, others))
          .now();
    }
    String project = options.get(ENTERPRISE_PROJECT);
    return Answer.then(
        inTurn(domains, each -> show(each, project, context)),
        shown -> {
          Map<Settings, List<String>> left =
              shown.value().stream()
                  .filter(it -> !Uploads.isSame(it.certificate(), certificate.certificate()))
                  .collect(
                      Collectors.groupingBy(
                          Accelerated::settings,
                          LinkedHashMap::new,
                          Collectors.mapping(Accelerated::domain, Collectors.toList())));
          return Answer.then(
              inTurn(
                  List.copyOf(left.entrySet()),
                  alike -> {
                    byte[] body = body(name.get(), certificate, alike.getKey(), alike.getValue());
                    return update(body, project, context);
                  }),
              updated -> Answer.of(name.get()).now());
        });
  }

  /** RFC 9525, section 6.3: an asterisk stands for one label. */
  private static boolean covered(String domain, List<String> names) {
    return names.contains(domain) || names.contains(domain.replaceFirst("^[^.]+", "*"));
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
            // A certificate of one's own.
            .put("certificate_type", 0);
    settings.addTo(https);
    return JsonBody.of(root);
  }

  /** "The certificate content must not contain blank lines." */
  private static String lines(String pem) {
    return pem.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
  }

  /** Makes calls one after the other, until one fails. */
  private static <T, R> Uni<Answer<List<R>>> inTurn(
      List<T> items, Function<T, Uni<Answer<R>>> call) {
    return next(new ArrayDeque<>(items), List.of(), call);
  }

  private static <T, R> Uni<Answer<List<R>>> next(
      Deque<T> left, List<R> done, Function<T, Uni<Answer<R>>> call) {
    T item = left.poll();
    return item == null
        ? Answer.of(done).now()
        : Answer.then(
            call.apply(item),
            answer -> {
              List<R> more = new ArrayList<>(done);
              more.add(answer.value());
              return next(left, more, call);
            });
  }
}
