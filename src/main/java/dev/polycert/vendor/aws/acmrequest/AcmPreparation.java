package dev.polycert.vendor.aws.acmrequest;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.SharedReadings;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** Finds out whether there is anything to request. */
final class AcmPreparation {
  /**
   * How long before the end ACM begins to renew certificates that it validates by DNS ("Managed
   * renewal").
   */
  static final Duration RENEWAL = Duration.ofDays(60);

  /** A bulk's requests have names of their own, so that they need not see each other's. */
  private static final Duration AGE = Duration.ofSeconds(30);

  private final AcmApi api;
  private final Clock clock;
  private final SharedReadings<Region, List<AcmCertificate>> listings;

  AcmPreparation(AcmApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
    this.listings = new SharedReadings<>(clock, AGE);
  }

  Uni<Answer<Preparation>> prepare(Application application, Region region, CallContext context) {
    Reference old = application.renewalOf();
    String oldArn = old == null ? null : old.id(AcmCertificate.ID);
    return oldArn == null
        ? request(application, null, region, context)
        : renew(application, oldArn, region, context);
  }

  private Uni<Answer<Preparation>> request(
      Application application, @Nullable String oldArn, Region region, CallContext context) {
    Optional<VendorError> problem = AcmOptions.problem(application);
    if (problem.isPresent()) {
      return Answer.<Preparation>refused(problem.get()).now();
    }
    String named = application.option(AcmOptions.CERTIFICATE_ARN);
    if (named != null && !named.equals(oldArn)) {
      return api.describe(named, context)
          .map(answer -> answer.then(found -> adopted(application, found)));
    }
    return lookUp(application, region, context);
  }

  private static Answer<Preparation> adopted(
      Application application, Answer.Success<AcmCertificate> found) {
    AcmCertificate certificate = found.value();
    if (!certificate.own()) {
      return refused(certificate.arn() + " is " + certificate.type() + ", and not issued by ACM");
    }
    Optional<DomainName> missing =
        AcmOptions.all(application).stream()
            .filter(name -> !certificate.names().contains(name.ascii()))
            .findFirst();
    if (missing.isPresent()) {
      return refused(certificate.arn() + " is not for " + missing.get());
    }
    boolean open = certificate.is(AcmCertificate.PENDING) || certificate.is(AcmCertificate.ISSUED);
    return open
        ? Answer.of(
            new Preparation.Existing(AcmProgress.of(application, certificate, found.requestId())))
        : refused(certificate.arn() + " has ended: " + AcmProgress.status(certificate));
  }

  private static Answer<Preparation> refused(String message) {
    return Answer.refused(AcmOptions.problem(AcmOptions.CERTIFICATE_ARN, message).orElseThrow());
  }

  /**
   * A certificate that ACM renews by itself is not requested again: its users know its ARN. So that
   * is found out before the options of a request are judged, which an adopted one may lack.
   */
  private Uni<Answer<Preparation>> renew(
      Application application, String oldArn, Region region, CallContext context) {
    return api.describe(oldArn, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<AcmCertificate>(var old, var requestId)
                      when renewsItself(application, old) ->
                      Answer.<Preparation>refused(renews(old, requestId)).now();
                  case Answer.Failed<AcmCertificate>(Failure failure)
                      when !(failure instanceof Failure.Absent) ->
                      new Answer.Failed<Preparation>(failure).now();
                  default -> request(application, oldArn, region, context);
                });
  }

  private boolean renewsItself(Application application, AcmCertificate old) {
    AcmCertificate.Renewal renewal = old.renewal();
    boolean underWay = renewal == null ? old.renewable() : renewal.open();
    Instant end = old.notAfter();
    return underWay
        && old.is(AcmCertificate.ISSUED)
        && fits(application, old)
        && end != null
        && !clock.instant().isBefore(end.minus(RENEWAL));
  }

  private static VendorError renews(AcmCertificate old, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.NEEDS_USER, AcmRenewal.CODE, AcmRenewal.text(old), requestId, null);
  }

  private Uni<Answer<Preparation>> lookUp(
      Application application, Region region, CallContext context) {
    Preparation ready = new Preparation.Ready(Plan.of(Map.of(AwsRegions.OPTION, region.id())));
    return Answer.then(
        listings.get(region, context, () -> api.all(region, context)),
        listed ->
            listed.value().stream()
                .filter(there -> serves(application, there))
                .max(
                    Comparator.comparing((AcmCertificate it) -> it.is(AcmCertificate.ISSUED))
                        .thenComparing(it -> Objects.requireNonNullElse(it.notAfter(), Instant.MIN))
                        .thenComparing(
                            it -> Objects.requireNonNullElse(it.createdAt(), Instant.MIN)))
                .map(there -> existing(application, there, ready, context))
                .orElseGet(() -> Answer.of(ready).now()));
  }

  /** Takes a certificate that is there by now, unless it waits for an answer to an e-mail. */
  private Uni<Answer<Preparation>> existing(
      Application application, AcmCertificate there, Preparation ready, CallContext context) {
    return api.describe(there.arn(), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<AcmCertificate>(var found, var requestId) ->
                      Answer.of(
                          serves(application, found) && !waitsForMail(found)
                              ? new Preparation.Existing(
                                  AcmProgress.of(application, found, requestId))
                              : ready);
                  case Answer.Failed<AcmCertificate>(Failure failure) ->
                      failure instanceof Failure.Absent
                          ? Answer.of(ready)
                          : new Answer.Failed<>(failure);
                });
  }

  private static boolean waitsForMail(AcmCertificate certificate) {
    return certificate.is(AcmCertificate.PENDING) && AcmProgress.byEmail(certificate);
  }

  /** Whether it is what is applied for, will last, and belongs to no other order of the name. */
  private boolean serves(Application application, AcmCertificate there) {
    Instant end = there.notAfter();
    boolean lasts =
        there.is(AcmCertificate.ISSUED)
            && end != null
            && clock.instant().isBefore(end.minus(RENEWAL));
    return (lasts || there.is(AcmCertificate.PENDING))
        && there.own()
        && fits(application, there)
        && !there.reference().equals(application.renewalOf())
        && !application.others().contains(there.reference());
  }

  private static boolean fits(Application application, AcmCertificate there) {
    return AlternativeNames.readable(application.domain(), application.terms().options())
            .filter(there::isFor)
            .isPresent()
        && there.keyAlgorithm().equals(application.terms().keyAlgorithm().name())
        && there.exportable() == AcmOptions.exportable(application);
  }
}
