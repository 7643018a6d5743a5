package dev.polycert.vendor.aws.acm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Terms;
import dev.polycert.vendor.aws.Acm;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Imports certificates into ACM, a renewal under the ARN of the certificate before: what uses that
 * then uses the new one by itself. A first import is looked for before it is made, because ACM
 * takes the same certificate any number of times and counts imports against a quota of the year.
 */
@ApplicationScoped
public class AcmDeliverer implements Deliverer {
  private static final Logger LOG = Logger.getLogger(AcmDeliverer.class);

  private static final String INVALID = "ValidationException";
  private static final String IRREPLACEABLE = "Certificate.Irreplaceable";
  private static final String REPLACED = "Certificate.Replaced";

  /** The option of ACME orders that chooses the key usages of a certificate. */
  private static final String PROFILE = "profile";

  private static final Descriptor SERVICE =
      Descriptor.of(
              Acm.ID,
              "AWS Certificate Manager; a renewal keeps the ARN, so that load balancers and"
                  + " CloudFront take it by themselves")
          .access(
              "AWS's own: `AWS_ACCESS_KEY_ID` and so on, or a role that may"
                  + " `acm:ImportCertificate`, `acm:ListCertificates` and `acm:GetCertificate`")
          .required(AwsRegions.OPTION, AwsRegions.MEANING)
          // "Quotas": API rate quotas.
          .limit("ImportCertificate", 1)
          .limit("ListCertificates", 8)
          .limit("GetCertificate", 10);

  private final AwsJsonService service;
  private final AcmClient client;
  private final Clock clock;

  /** Calls under the settings of the provider, because ACM limits an account, whatever it does. */
  AcmDeliverer(AwsJsonService.Factory services, ProviderConfig providers, Clock clock) {
    service = Acm.service(services, SERVICE, providers.service(Acm.ID));
    client = new AcmClient(service, clock);
    this.clock = clock;
  }

  @Override
  public Service service() {
    return service.service();
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    return AwsRegions.wrong(options);
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

  /** Looks first if the imported certificate is known: somebody else may have taken its place. */
  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    String arn = consignment.earlier();
    if (arn == null) {
      return first(consignment, context);
    }
    if (consignment.brought() == null) {
      return renew(consignment, arn, context);
    }
    return client
        .show(AwsRegions.of(consignment.options()), arn, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<String>(String there, _)
                      when isOfOthers(consignment, there) ->
                      Answer.<String>refused(replaced(arn)).now();
                  case Answer.Success<String> ours -> renew(consignment, arn, context);
                  case Answer.Failed<String>(Failure failure)
                      when failure.isRefused(Acm.NOT_FOUND) ->
                      first(consignment, context);
                  case Answer.Failed<String> failed -> failed.now();
                });
  }

  /** An expired certificate may be replaced, whoever put it there. */
  private boolean isOfOthers(Consignment consignment, String there) {
    return Pem.certificate(there)
            .filter(it -> it.getNotAfter().toInstant().isAfter(clock.instant()))
            .isPresent()
        && Pem.fingerprint(there).filter(consignment::isOfOthers).isPresent();
  }

  private static VendorError replaced(String arn) {
    return new VendorError(
        ErrorClass.FINAL,
        REPLACED,
        "somebody has imported another certificate under "
            + arn
            + ", which stays; to have a new ARN, delete that certificate, or remove the target and"
            + " add it again");
  }

  private Uni<Answer<String>> renew(Consignment consignment, String arn, WriteContext context) {
    Region region = AwsRegions.of(consignment.options());
    CertificateBundle certificate = consignment.certificate();
    return Answer.recover(
        client.importCertificate(region, certificate, arn, context),
        failure -> {
          if (failure.isRefused(Acm.NOT_FOUND)) {
            return first(consignment, context);
          }
          return failure.isRefused(INVALID)
              ? explained(failure, region, certificate, arn, context)
              : new Answer.Failed<String>(failure).now();
        });
  }

  /** A refusal that follows from the two certificates will repeat every time. */
  private Uni<Answer<String>> explained(
      Failure refused,
      Region region,
      CertificateBundle certificate,
      String earlier,
      CallContext context) {
    return client
        .show(region, earlier, context)
        .map(
            shown -> {
              Optional<String> obstacle =
                  shown instanceof Answer.Success<String>(String there, _)
                      ? Replacement.obstacle(there, certificate.certificate())
                      : Optional.empty();
              return new Answer.Failed<>(
                  obstacle
                      .<Failure>map(
                          why -> new Failure.Refused(irreplaceable(refused, earlier, why)))
                      .orElse(refused));
            });
  }

  private static VendorError irreplaceable(Failure refused, String arn, String why) {
    VendorError error = refused.error();
    return new VendorError(
        ErrorClass.FINAL,
        IRREPLACEABLE,
        "%s (%s: %s). Apply again with the key algorithm and profile of before, or delete %s and deliver to a new one"
            .formatted(why, error.code(), error.message(), arn),
        error.requestId(),
        null);
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return error.code().equals(IRREPLACEABLE) || error.code().equals(REPLACED);
  }

  /** The ARN stays with the kind of its first certificate. */
  @Override
  public Optional<String> warning(Terms before, Terms after) {
    if (before.keyAlgorithm() != after.keyAlgorithm()) {
      return Optional.of(
          "aws-acm: takes no key of %s under the ARN of one of %s"
              .formatted(after.keyAlgorithm(), before.keyAlgorithm()));
    }
    return Objects.equals(before.options().get(PROFILE), after.options().get(PROFILE))
        ? Optional.empty()
        : Optional.of(
            "aws-acm: takes no certificate under an ARN that lacks key usages of the one before, as"
                + " one of another profile may");
  }

  /**
   * Looks for it, and for an import of ours that no answer confirmed, whose place it then takes: no
   * other order knows that ARN.
   */
  private Uni<Answer<String>> first(Consignment consignment, WriteContext context) {
    Region region = AwsRegions.of(consignment.options());
    CertificateBundle certificate = consignment.certificate();
    return Answer.then(
        client.find(region, consignment, context),
        found -> {
          AcmClient.Found there = found.value();
          if (there.same().isPresent()) {
            return new Answer.Success<>(there.same().get(), found.requestId()).now();
          }
          Imports.warn(region.id(), there.imports());
          return client
              .importCertificate(
                  region, certificate, replaceable(there, certificate).orElse(null), context)
              .map(answer -> counted(answer, there.imports()));
        });
  }

  private static Optional<String> replaceable(
      AcmClient.Found there, CertificateBundle certificate) {
    Optional<AcmClient.Import> unconfirmed = there.unconfirmed();
    Optional<String> obstacle =
        unconfirmed.flatMap(
            it -> Replacement.obstacle(it.certificate(), certificate.certificate()));
    obstacle.ifPresent(
        why ->
            LOG.warnf(
                "aws-acm: %s, whose import no answer confirmed, stays beside a new import, because"
                    + " %s; delete it if nothing uses it",
                unconfirmed.orElseThrow().arn(), why));
    return obstacle.isPresent() ? Optional.empty() : unconfirmed.map(AcmClient.Import::arn);
  }

  private static Answer<String> counted(Answer<String> answer, int imports) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure instanceof Failure.Refused(VendorError error)
                        && error.errorClass() == ErrorClass.QUOTA
                    ? new Failure.Refused(
                        new VendorError(
                            error.errorClass(),
                            error.code(),
                            "%s (at least %d imports in the last 365 days; ACM allows %d unless the account has more)"
                                .formatted(error.message(), imports, Imports.QUOTA),
                            error.requestId(),
                            error.retryAfter()))
                    : failure));
  }
}
