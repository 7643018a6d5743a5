package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Paging;
import dev.polycert.call.SharedReadings;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import dev.polycert.vendor.huawei.scm.ScmApi.Listed;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which certificate an application can use, by reading alone. */
final class ScmPreparation {
  /** Of a certificate that is in use for another name or by another order. */
  static final String TAKEN = "Certificate.Taken";

  private static final String ALL = "ALL";

  /**
   * A listing stays in use so briefly that a bulk does not use up all the certificates that it
   * shows.
   */
  private static final Duration AGE = Duration.ofSeconds(1);

  private final ScmClient client;
  private final SharedReadings<String, Paging.Page<Listed>> listings;
  private final ScmStock stock;
  private final ScmConfig.ApiVersion version;

  ScmPreparation(ScmClient client, ScmStock stock, ScmConfig.ApiVersion version, Clock clock) {
    this.client = client;
    this.listings = new SharedReadings<>(clock, AGE);
    this.stock = stock;
    this.version = version;
  }

  Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    Optional<VendorError> refusal = ScmOptions.refusal(application, version);
    if (refusal.isPresent()) {
      return Answer.<Preparation>refused(refusal.get()).now();
    }
    String named = application.option(ScmOptions.CERTIFICATE_ID);
    // A renewal inherits the options, and with them the certificate that it is to follow.
    return named == null || ScmStock.isPredecessor(application, named)
        ? choose(application, context)
        : client
            .certificate(named, context)
            .map(answer -> answer.then(shown -> named(application, named, shown)));
  }

  private Answer<Preparation> named(
      Application application, String id, Answer.Success<Certificate> shown) {
    Certificate certificate = shown.value();
    Set<DomainName> names = ScmOptions.names(application);
    if (certificate.status().equals(ScmProgress.PAID)) {
      return ScmStock.holds(
              certificate.domainType(),
              certificate.domainCount(),
              certificate.wildcardCount(),
              names)
          ? ready(
              List.of(id),
              settings(id, certificate.type()),
              Stream.concat(
                      wasted(certificate.domainCount(), names),
                      lacking(application, certificate.type()))
                  .toList())
          : Answer.refused(misfit(application, id, shown));
    }
    Progress progress = ScmProgress.of(application, ScmProgress.reference(id), shown);
    return !certificate.isForAnother(application.domain())
            && ScmStock.covers(certificate.names(), names)
            && usable(progress.phase())
        ? Answer.of(new Preparation.Existing(progress))
        : Answer.refused(taken(id, shown));
  }

  private static Stream<String> wasted(int domainCount, Set<DomainName> names) {
    return domainCount > names.size()
        ? Stream.of(
            "the certificate holds "
                + domainCount
                + " names, and "
                + names.size()
                + " is asked for; option alternativeNames asks for more")
        : Stream.empty();
  }

  /** The missing data without which SCM does not accept the application. */
  private Stream<String> lacking(Application application, String type) {
    List<String> problems = ScmApplicant.of(application, type, version).problems();
    return problems.isEmpty()
        ? Stream.empty()
        : Stream.of("would wait for information: " + String.join("; ", problems));
  }

  private static boolean usable(Phase phase) {
    return phase == Phase.APPLYING || phase == Phase.PENDING_VALIDATION || phase == Phase.ISSUED;
  }

  private Uni<Answer<Preparation>> choose(Application application, CallContext context) {
    return Answer.then(
        listed(ALL, context),
        listed -> {
          Paging.Page<Listed> all = listed.value();
          Optional<Listed> existing = stock.existing(application, all.items());
          if (existing.isPresent()) {
            return adopt(application, existing.get().id(), context);
          }
          boolean complete = all.items().size() >= all.total();
          return complete
              ? choose(application, listed, List.of()).now()
              : listed(ScmProgress.PAID, context)
                  .map(
                      answer ->
                          answer.then(paid -> choose(application, paid, List.of(notAllSeen(all)))));
        });
  }

  private Uni<Answer<Paging.Page<Listed>>> listed(String status, CallContext context) {
    return listings.get(status, context, () -> client.certificates(status, context));
  }

  /** A certificate that was bought and unused a moment ago, when the orders of a bulk chose. */
  Uni<Optional<Listed>> recentlyUnused(String id, CallContext context) {
    return Uni.combine()
        .all()
        .unis(listings.recent(ScmProgress.PAID, context), listings.recent(ALL, context))
        .with(
            (paid, all) ->
                Stream.of(paid, all)
                    .flatMap(Optional::stream)
                    .flatMap(page -> page.items().stream())
                    .filter(each -> each.id().equals(id))
                    .filter(each -> each.status().equals(ScmProgress.PAID))
                    .findFirst());
  }

  private static String notAllSeen(Paging.Page<Listed> all) {
    return "SCM lists only the latest "
        + all.items().size()
        + " of "
        + all.total()
        + " certificates; an older one for this domain would not be seen";
  }

  private Uni<Answer<Preparation>> adopt(Application application, String id, CallContext context) {
    Reference reference = ScmProgress.reference(id);
    return client
        .certificate(id, context)
        .map(
            answer ->
                answer.then(
                    shown ->
                        Answer.of(
                            new Preparation.Existing(
                                ScmProgress.of(application, reference, shown)))));
  }

  private Answer<Preparation> choose(
      Application application, Answer.Success<Paging.Page<Listed>> listed, List<String> notes) {
    List<Listed> unused = ScmStock.unused(application, listed.value().items());
    if (!unused.isEmpty()) {
      Map<String, String> settings = new HashMap<>();
      unused.forEach(each -> settings.putAll(settings(each.id(), each.type())));
      List<String> more = new ArrayList<>(notes);
      more.add(unused.size() + " bought and unused certificate(s) fit");
      wasted(unused.getFirst().domainCount(), ScmOptions.names(application)).forEach(more::add);
      lacking(application, unused.getFirst().type()).forEach(more::add);
      if (buys(application)) {
        ScmPurchase purchase = ScmPurchase.of(application);
        settings.putAll(purchase.settings());
        more.add("buys " + purchase.describe() + " when other orders have taken them");
      }
      return ready(unused.stream().map(Listed::id).toList(), settings, more);
    }
    if (buys(application)) {
      ScmPurchase purchase = ScmPurchase.of(application);
      List<String> more = new ArrayList<>(notes);
      more.add("buys " + purchase.describe());
      lacking(application, purchase.type()).forEach(more::add);
      return ready(List.of(), purchase.settings(), more);
    }
    return Answer.refused(noneFits(application, listed));
  }

  /** Certificates of several names are bought in SCM, where their number is chosen. */
  private static boolean buys(Application application) {
    return ScmOptions.buy(application) && ScmOptions.names(application).size() == 1;
  }

  private static Answer<Preparation> ready(
      List<String> ids, Map<String, String> settings, List<String> notes) {
    List<Reference> candidates = ids.stream().map(ScmProgress::reference).toList();
    return Answer.of(new Preparation.Ready(new Plan(settings, candidates, notes)));
  }

  /** Keeps the type of those certificates for which the applicant's organisation is asked. */
  private static Map<String, String> settings(String id, String type) {
    return ScmOptions.namesOrganization(type) ? Map.of(id, type) : Map.of();
  }

  /** Looks for what an unclear purchase bought: the latest of its kind that is not used. */
  Uni<Answer<Progress>> findBought(
      Application application, ScmPurchase purchase, CallContext context) {
    return client
        .certificates(ScmProgress.PAID, context)
        .map(
            answer ->
                answer.then(
                    listed -> {
                      List<Listed> latestFirst = listed.value().items();
                      List<Listed> unused = ScmStock.unused(application, latestFirst);
                      return latestFirst.stream()
                          .filter(
                              each -> unused.contains(each) && each.type().equals(purchase.type()))
                          .findFirst()
                          .map(each -> bought(each.id(), purchase, listed.requestId()))
                          .map(Answer::of)
                          .orElseGet(
                              () -> new Answer.Failed<>(new Failure.Absent(listed.requestId())));
                    }));
  }

  /** One of two writes is done; the application with what was bought comes next. */
  static Progress bought(String id, ScmPurchase purchase, @Nullable String requestId) {
    return new Progress(
        Phase.PLACING,
        ScmProgress.reference(id),
        List.of(),
        null,
        ScmProgress.PAID,
        "bought " + purchase.describe(),
        requestId);
  }

  private static VendorError noneFits(Application application, Answer.Success<?> listed) {
    int names = ScmOptions.names(application).size();
    return error(
        ErrorClass.QUOTA,
        "NoCertificateLeft",
        names > 1
            ? "no bought and unused MULTI_DOMAIN certificate holds these "
                + names
                + " names; buy one in SCM, or leave option alternativeNames out"
            : "no bought and unused "
                + ScmStock.domainType(application.domain())
                + " certificate fits; buy one in SCM, or set option buy to true (the free "
                + ScmOptions.FREE_TYPE
                + " for single domains, else it costs money)",
        listed);
  }

  private static VendorError misfit(
      Application application, String id, Answer.Success<Certificate> shown) {
    return error(
        ErrorClass.FINAL,
        "Certificate.Misfit",
        "option certificateId: "
            + id
            + " is "
            + shown.value().domainType()
            + (ScmStock.isMulti(shown.value().domainType())
                ? " for " + shown.value().domainCount() + " names"
                : "")
            + " and cannot hold "
            + ScmOptions.names(application).stream()
                .map(DomainName::ascii)
                .collect(Collectors.joining(", ")),
        shown);
  }

  /** The certificate cannot be used for the application, because of its domain or status. */
  static VendorError taken(String id, Answer.Success<Certificate> shown) {
    Certificate certificate = shown.value();
    String domain =
        certificate.domain().isEmpty() ? "no domain" : String.join(", ", certificate.names());
    return error(
        ErrorClass.FINAL,
        TAKEN,
        "certificate " + id + " is for " + domain + ", in status " + certificate.status(),
        shown);
  }

  private static VendorError error(
      ErrorClass errorClass, String code, String message, Answer.Success<?> answer) {
    return new VendorError(errorClass, code, message, answer.requestId(), null);
  }
}
