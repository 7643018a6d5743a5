package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentClient;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.FreeCertificate;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tencent EdgeOne: free certificates for domains of sites with CNAME access. */
@PerAccount
public class EdgeOneProvider implements CertificateProvider {
  static final String ID = "tencent-edgeone";

  private static final Descriptor SERVICE =
      EdgeOneApi.PRODUCT
          .service(ID, "Tencent EdgeOne")
          .limit("ApplyFreeCertificate", 20)
          .limit("CheckFreeCertificateVerification", 20)
          .limit("*", 10)
          .operations(
              "ApplyFreeCertificate",
              "CheckFreeCertificateVerification",
              "DescribeAccelerationDomains",
              "DescribeZones",
              "ModifyHostsCertificate")
          .option(EdgeOnePreparation.ZONE_ID, "id of the site; looked up by name when not given");

  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS, ValidationMethod.FILE),
              Set.of(KeyAlgorithm.RSA_2048),
              Set.of(
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.SWITCH_VALIDATION,
                  Capability.DEPLOY,
                  Capability.DISCOVER),
              "an EdgeOne site with CNAME access that covers the domain",
              "a free certificate of 90 days inside EdgeOne, one for each name, to be deployed to"
                  + " the domain there",
              Duration.ofDays(2))
          // "one domain can have one free certificate only" (CheckFreeCertificateVerification)
          .withOneForEachName()
          .with(
              Delegability.none(
                  "it needs a CNAME of its own, _acme-challenge of the name to a name of EdgeOne,"
                      + " which the answer to the application shows; a name has room for one"
                      + " CNAME, so that it cannot be delegated to Polycert as well"));

  private final TencentClient client;
  private final EdgeOneApi api;
  private final EdgeOnePreparation preparation;
  private final Clock clock;

  EdgeOneProvider(Clients clients, ProviderConfig config, Clock clock) {
    client = new TencentClient(clients, SERVICE, config.service(SERVICE.id()), EdgeOneApi.PRODUCT);
    api = new EdgeOneApi(client);
    preparation = new EdgeOnePreparation(api, clock);
    this.clock = clock;
  }

  /** The operations with the account's keys, for deliveries to the same service. */
  EdgeOneApi api() {
    return api;
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  /** EdgeOne renews free certificates 15 days before their end by itself. */
  @Override
  public Renewal renewal() {
    return new Renewal(Duration.ofDays(15), true);
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return preparation.prepare(application, context);
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    String zoneId = zoneId(application);
    DomainName domain = application.domain();
    String method =
        application.terms().validation() == ValidationMethod.FILE
            ? "http_challenge"
            : "dns_challenge";
    return api.apply(zoneId, domain, method, context)
        .map(
            answer ->
                answer.then(
                    applied ->
                        Answer.of(
                            EdgeOneProgress.applied(
                                domain, zoneId, applied.value(), applied.requestId()))));
  }

  /**
   * Looks whether the certificate is there by now. While it is not, {@code Absent} is right even
   * when the application did arrive: "one domain can have one free certificate only"
   * (CheckFreeCertificateVerification, CommonName) and ApplyFreeCertificate called again goes on
   * with the same one, so that applying again doubles nothing; and its answer is the only place
   * where the lost validation can ever be read.
   */
  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return check(application, context)
        .map(
            answer ->
                answer.recover(
                    failure ->
                        new Answer.Failed<>(
                            failure instanceof Failure.Refused(VendorError error)
                                    && EdgeOnePreparation.isNone(error)
                                ? new Failure.Absent(error.requestId())
                                : failure)));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    String zoneId = zoneId(application);
    return api.check(zoneId, application.domain(), context)
        .map(answer -> answer.then(found -> issued(application, zoneId, found)));
  }

  private Answer<Progress> issued(
      Application application, String zoneId, Answer.Success<FreeCertificate> found) {
    DomainName domain = application.domain();
    FreeCertificate certificate = found.value();
    if (!certificate.covers(domain)) {
      return Answer.refused(
          new VendorError(
              ErrorClass.RETRY,
              "Answer.OtherDomain",
              "the answer is about " + certificate.commonName() + ", not about " + domain,
              found.requestId(),
              null));
    }
    if (EdgeOnePreparation.unchanged(application, certificate)) {
      return Answer.refused(
          new VendorError(
              ErrorClass.PENDING,
              "Answer.PreviousCertificate",
              "EdgeOne still has the certificate that ends "
                  + certificate.expireTime()
                  + "; it renews by itself 15 days before that",
              found.requestId(),
              null));
    }
    return Answer.of(
        EdgeOneProgress.issued(domain, zoneId, certificate, found.requestId(), clock.instant()));
  }

  /**
   * Gives the application up without a call, because EdgeOne has no operation for it. One that is
   * not validated lapses by itself, and applying again takes its place.
   */
  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return Answer.of(
            new Progress(
                Phase.CANCELLED,
                application.requireReference(),
                List.of(),
                null,
                "given up",
                "EdgeOne has no operation that cancels an application; this one lapses by itself"
                    + " when it is not validated within 2 days",
                null))
        .now();
  }

  @Override
  public Map<String, String> deployOptions() {
    return EdgeOneDeployment.MEANINGS;
  }

  @Override
  public Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    return new EdgeOneDeployment(api).deploy(application, target, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return new EdgeOneInventory(api).list(cursor, context);
  }

  private static String zoneId(Application application) {
    if (application.reference() != null) {
      return application.reference().id(EdgeOnePreparation.ZONE_ID);
    }
    String planned = application.plan().get(EdgeOnePreparation.ZONE_ID);
    if (planned == null) {
      throw new IllegalStateException("no site for " + application.domain());
    }
    return planned;
  }
}
