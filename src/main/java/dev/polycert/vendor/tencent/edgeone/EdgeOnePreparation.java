package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Paging.Page;
import dev.polycert.call.SharedReadings;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.FreeCertificate;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Zone;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the site of a domain, and whether it has a free certificate already. */
final class EdgeOnePreparation {
  static final String ZONE_ID = "zoneId";
  private static final String ZONE_NAME = "zoneName";

  /** When the certificate ends that the domain had before this application. */
  private static final String PREVIOUS_END = "previousNotAfter";

  /** The last third of the 90 days for which a free certificate is valid. */
  private static final Duration RENEWAL = Duration.ofDays(30);

  /** Sites change seldom, and one that a shared listing lacks is asked for by name. */
  private static final Duration AGE = Duration.ofMinutes(1);

  private final EdgeOneApi api;
  private final SharedReadings<List<String>, Page<Zone>> sites;
  private final Clock clock;

  EdgeOnePreparation(EdgeOneApi api, Clock clock) {
    this.api = api;
    this.sites = new SharedReadings<>(clock, AGE);
    this.clock = clock;
  }

  Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    Optional<VendorError> problem = problem(application);
    if (problem.isPresent()) {
      return Answer.<Preparation>refused(problem.get()).now();
    }
    String zoneId = application.option(ZONE_ID);
    if (zoneId != null) {
      return existing(application, zoneId, Map.of(ZONE_ID, zoneId), context);
    }
    DomainName domain = application.domain();
    return Answer.then(
        zone(domain, context),
        chosen -> {
          Map<String, String> plan =
              Map.of(ZONE_ID, chosen.value().zoneId(), ZONE_NAME, chosen.value().zoneName());
          return existing(application, chosen.value().zoneId(), plan, context);
        });
  }

  private Uni<Answer<Zone>> zone(DomainName domain, CallContext context) {
    if (!SharedReadings.shares(context)) {
      return named(domain, context);
    }
    // All sites, then those with the names above, which many domains of a bulk have in common.
    List<String> names = ZoneChoice.names(domain);
    List<String> above = names.subList(Math.min(1, names.size()), names.size());
    return Answer.recover(
        shared(List.of(), domain, context),
        none ->
            above.isEmpty() || !none.isRefused(ErrorClass.FINAL)
                ? named(domain, context)
                : Answer.recover(
                    shared(above, domain, context), noneAbove -> named(domain, context)));
  }

  private Uni<Answer<Zone>> shared(List<String> names, DomainName domain, CallContext context) {
    return sites
        .get(names, context, () -> api.zones(names, context))
        .map(answer -> chosen(domain, answer));
  }

  private Uni<Answer<Zone>> named(DomainName domain, CallContext context) {
    return api.zones(ZoneChoice.names(domain), context).map(answer -> chosen(domain, answer));
  }

  private static Answer<Zone> chosen(DomainName domain, Answer<Page<Zone>> listed) {
    return listed.then(
        zones -> ZoneChoice.choose(zones.value().items(), domain, zones.requestId()));
  }

  private static Optional<VendorError> problem(Application application) {
    ValidationMethod validation = application.terms().validation();
    if (validation == ValidationMethod.DNS_AUTO) {
      return problem("EdgeOne validates by DNS or FILE, not by DNS_AUTO");
    }
    return application.domain().wildcard() && validation == ValidationMethod.FILE
        ? problem("a wildcard cannot be validated by FILE; take DNS")
        : Optional.empty();
  }

  private static Optional<VendorError> problem(String message) {
    return Optional.of(new VendorError(ErrorClass.FINAL, "Option.validation", message));
  }

  /**
   * Adopts a certificate that the domain has for some time to come: "one domain can have one free
   * certificate only", and EdgeOne renews it by itself. An error means that there is none. Whether
   * one can be applied for is left to the application, unless the error would come again.
   */
  private Uni<Answer<Preparation>> existing(
      Application application, String zoneId, Map<String, String> plan, CallContext context) {
    DomainName domain = application.domain();
    return api.check(zoneId, domain, context)
        .map(
            answer ->
                answer
                    .<Preparation>then(found -> Answer.of(preparation(domain, zoneId, plan, found)))
                    .recover(
                        error -> isNone(error) && !error.code().equals(EdgeOneErrors.NO_ZONE),
                        ready(plan)));
  }

  private Preparation preparation(
      DomainName domain,
      String zoneId,
      Map<String, String> plan,
      Answer.Success<FreeCertificate> found) {
    FreeCertificate certificate = found.value();
    if (!certificate.covers(domain)) {
      return ready(plan);
    }
    if (lasts(certificate)) {
      return new Preparation.Existing(
          EdgeOneProgress.issued(domain, zoneId, certificate, found.requestId(), clock.instant()));
    }
    Map<String, String> renewal = new HashMap<>(plan);
    renewal.put(PREVIOUS_END, certificate.expireTime().toString());
    return ready(renewal);
  }

  /** Whether the error of a check means that there is no certificate. */
  static boolean isNone(VendorError error) {
    return error.errorClass() == ErrorClass.PENDING || error.errorClass() == ErrorClass.FINAL;
  }

  private boolean lasts(FreeCertificate certificate) {
    return clock.instant().isBefore(certificate.expireTime().minus(RENEWAL));
  }

  private static Preparation ready(Map<String, String> plan) {
    return new Preparation.Ready(Plan.of(plan));
  }

  /** Whether this is still the certificate from before the application. */
  static boolean unchanged(Application application, FreeCertificate certificate) {
    String previous = application.plan().get(PREVIOUS_END);
    return previous != null && !certificate.expireTime().isAfter(Instant.parse(previous));
  }
}
