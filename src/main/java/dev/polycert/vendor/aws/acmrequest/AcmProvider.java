package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.Application;
import dev.polycert.provider.CaaNames;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.aws.Acm;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * AWS Certificate Manager: public certificates for services of AWS, and exportable ones. ACM itself
 * renews certificates that are in use, under the same ARN.
 */
@PerAccount
public class AcmProvider implements CertificateProvider {
  /** Operators set it to get certificates of ACM; keys alone may be there for other uses of AWS. */
  private static final String REGION = "AWS_ACM_REGION";

  private static final Descriptor SERVICE =
      AcmOptions.in(
          Descriptor.of(Acm.ID, "AWS Certificate Manager (ACM)")
              .variable(
                  REGION, true, "the AWS region of requests that name none, and of the inventory")
              .optionalKeyId("AWS_ACCESS_KEY_ID", "or a role")
              .optionalSecret("AWS_SECRET_ACCESS_KEY", "or a role")
              .token("AWS_SESSION_TOKEN")
              .access(
                  "a user or role that may `acm:RequestCertificate`, `acm:AddTagsToCertificate`,"
                      + " `acm:DescribeCertificate`, `acm:ListCertificates`,"
                      + " `acm:ListTagsForCertificate`, `acm:GetCertificate`,"
                      + " `acm:DeleteCertificate` and `acm:ExportCertificate`")
              // "Quotas": API rate quotas.
              .limit("RequestCertificate", 5)
              .limit("DescribeCertificate", 10)
              .limit("ListCertificates", 8)
              .limit("ListTagsForCertificate", 10)
              .limit("GetCertificate", 10)
              .limit("ExportCertificate", 5)
              .limit("DeleteCertificate", 10)
              // The deliverer calls under the same settings.
              .operations(
                  "DeleteCertificate",
                  "DescribeCertificate",
                  "ExportCertificate",
                  "GetCertificate",
                  "ImportCertificate",
                  "ListCertificates",
                  "ListTagsForCertificate",
                  "RequestCertificate"));

  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS),
              AcmOptions.KEY_ALGORITHMS.keySet(),
              Set.of(
                  Capability.ADOPT,
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.DELETE,
                  Capability.EXPORT,
                  Capability.EXPORT_KEY,
                  Capability.DISCOVER),
              "an AWS account and a region",
              "a certificate of Amazon for services of AWS, which ACM renews while they use it;"
                  + " with the option exportable one for any server, which costs money",
              AcmProgress.VALIDATION)
          .with(
              Delegability.none(
                  "it needs a CNAME of its own, which the answer to the application shows and which"
                      + " stays for ACM's renewals; it is the same for all certificates of a name"
                      + " and an account, and a DNS writer that has the zone publishes it with"
                      + " DNS_AUTO"));

  private final Service service;
  private final @Nullable Region region;
  private final List<String> wrongSettings;
  private final AcmApi api;
  private final AcmPreparation preparation;
  private final AcmCheck check;
  private final AcmExport export;

  AcmProvider(
      AwsJsonService.Factory services,
      ProviderConfig providers,
      Config config,
      Clock clock,
      RandomGenerator random) {
    AwsJsonService acm = Acm.service(services, SERVICE, providers.service(SERVICE.id()));
    String variable = NamedAccount.variable(REGION);
    Optional<String> named =
        config
            .getOptionalValue(variable, String.class)
            .map(String::strip)
            .filter(it -> !it.isEmpty());
    region = named.flatMap(AwsRegions::find).orElse(null);
    wrongSettings =
        region != null
            ? List.of()
            : named
                .map(
                    other ->
                        "%s must be an AWS region such as us-east-1, not %s"
                            .formatted(variable, other))
                .stream()
                .toList();
    Service keys = acm.service();
    List<String> missing = new ArrayList<>(keys.account().missing());
    if (region == null) {
      missing.add(named.isPresent() ? variable + " to an AWS region" : variable);
    }
    String name = keys.account().name();
    String id = name == null ? providers.of(SERVICE.id()).account() : keys.account().id();
    service = new Service(SERVICE, new Account(id, missing, name));
    api = new AcmApi(acm);
    preparation = new AcmPreparation(api, clock);
    check = new AcmCheck(api, clock);
    export = new AcmExport(api, random);
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return wrongSettings;
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.of(Issuer.behindVendor(CaaNames.AMAZON));
  }

  /** ACM does not renew a certificate that nothing uses: near its end, Polycert applies anew. */
  @Override
  public Renewal renewal() {
    return new Renewal(AcmPreparation.RENEWAL, true);
  }

  @Override
  public Map<String, String> defaults(Application application) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put(AcmOptions.EXPORTABLE, "false");
    defaults.put(AcmOptions.ACCEPT_FEE, "false");
    Optional.ofNullable(application.reference())
        .flatMap(its -> AcmCertificate.region(its.id(AcmCertificate.ID)))
        .or(() -> region(application))
        .ifPresent(its -> defaults.put(AwsRegions.OPTION, its.id()));
    return defaults;
  }

  @Override
  public Optional<VendorError> withholdsKey(Application application) {
    return AcmOptions.withheldKey(application);
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return inRegion(application, there -> preparation.prepare(application, there, context));
  }

  /** Requests; the answer has the ARN alone, and what to publish is read by the next check. */
  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return inRegion(
        application,
        there ->
            api.request(there, AcmOptions.request(application), context)
                .map(answer -> answer.then(arn -> Answer.of(requested(arn)))));
  }

  private static Progress requested(Answer.Success<String> arn) {
    return new Progress(
        Phase.APPLYING,
        Reference.of(AcmCertificate.ID, arn.value()),
        List.of(),
        null,
        "requested",
        null,
        arn.requestId());
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return inRegion(application, there -> new AcmLookup(api).find(application, there, context));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return check.check(application, context);
  }

  @Override
  public Uni<Answer<Progress>> look(Application application, CallContext context) {
    return check.look(application, context);
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return new AcmRemoval(api).cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return new AcmRemoval(api).delete(application, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    String arn = application.requireReference().id(AcmCertificate.ID);
    return includePrivateKey ? export.withKey(arn, context) : export.certificate(arn, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return region == null
        ? service.account().<Inventory>unconfigured().now()
        : new AcmInventory(api).page(region, cursor, context);
  }

  /** An order stays in the region where it was prepared, whatever is configured later. */
  private <T> Uni<Answer<T>> inRegion(
      Application application, Function<Region, Uni<Answer<T>>> call) {
    return region(application).map(call).orElseGet(() -> service.account().<T>unconfigured().now());
  }

  private Optional<Region> region(Application application) {
    return Stream.of(
            Optional.ofNullable(application.plan().get(AwsRegions.OPTION)),
            Optional.ofNullable(application.option(AwsRegions.OPTION)))
        .flatMap(named -> named.flatMap(AwsRegions::find).stream())
        .findFirst()
        .or(() -> Optional.ofNullable(region));
  }
}
