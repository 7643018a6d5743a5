package dev.polycert.vendor.alibaba.cas;

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
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which instance an application can use, by reading alone. */
final class CasPreparation {
  private static final String STATUS = "Status";

  private static final String IDN = "xn--";

  private static final String MISFIT = "Instance.Misfit";
  private static final String NONE_LEFT = "NoInstanceLeft";

  private static final Set<Phase> USABLE =
      EnumSet.of(Phase.APPLYING, Phase.PENDING_VALIDATION, Phase.ISSUED);

  /** For that time, a listing shows instances as unused that others of a bulk have taken. */
  private static final Duration AGE = Duration.ofSeconds(1);

  private final CasClient client;
  private final CasProgress progress;
  private final CasStock stock;
  private final SharedReadings<String, Paging.Page<CasInstance>> listings;

  CasPreparation(CasClient client, CasProgress progress, Clock clock) {
    this.client = client;
    this.progress = progress;
    this.stock = new CasStock(clock);
    this.listings = new SharedReadings<>(clock, AGE);
  }

  Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    Optional<VendorError> refusal = CasOptions.refusal(application);
    if (refusal.isPresent()) {
      return Answer.<Preparation>refused(refusal.get()).now();
    }
    String named = application.option(CasOptions.INSTANCE_ID);
    // A renewal inherits the options, and with them the instance that it is to follow.
    return named == null || CasStock.isPredecessor(application, named)
        ? choose(application, context)
        : Answer.recover(
            Answer.then(
                client.instance(named, context), shown -> named(application, shown, context)),
            failure ->
                application.renewalOf() != null && isUseless(failure)
                    ? choose(application, context)
                        .map(chosen -> noting(failure.error().message(), named, chosen))
                    : new Answer.Failed<Preparation>(failure).now());
  }

  /** Whether a named instance is gone, is for others, or does not hold the names. */
  private static boolean isUseless(Failure failure) {
    return failure.isRefused(CasClient.NOT_FOUND)
        || failure.isRefused(CasProgress.TAKEN)
        || failure.isRefused(MISFIT);
  }

  /** Says why a renewal does not use the instance that the first order named. */
  private static Answer<Preparation> noting(String why, String named, Answer<Preparation> chosen) {
    String text = "option instanceId: %s serves this renewal no more (%s)".formatted(named, why);
    return switch (chosen) {
      case Answer.Success<Preparation>(Preparation.Ready(Plan plan), var requestId) -> {
        List<String> notes = new ArrayList<>(List.of(text));
        notes.addAll(plan.notes());
        yield new Answer.Success<>(
            new Preparation.Ready(new Plan(plan.settings(), plan.candidates(), notes)), requestId);
      }
      case Answer.Failed<Preparation>(Failure.Refused(VendorError error))
          when error.code().equals(NONE_LEFT) ->
          Answer.refused(
              new VendorError(
                  error.errorClass(),
                  error.code(),
                  text + "; " + error.message(),
                  error.requestId(),
                  error.retryAfter()));
      default -> chosen;
    };
  }

  private Uni<Answer<Preparation>> named(
      Application application, Answer.Success<CasInstance> shown, CallContext context) {
    CasInstance instance = shown.value();
    Set<DomainName> names = CasOptions.names(application);
    boolean ofOthers = !instance.names().isEmpty() && !instance.has(names);
    if (ofOthers) {
      return Answer.<Preparation>refused(CasProgress.taken(shown)).now();
    }
    if (instance.isInactive()) {
      if (instance.lacksCompany() && application.option(CasOptions.COMPANY_ID) == null) {
        return Answer.<Preparation>refused(companyless(instance, shown)).now();
      }
      return (instance.holds(names)
              ? ready(List.of(instance), List.of())
              : Answer.<Preparation>refused(misfit(instance, names, shown)))
          .now();
    }
    if (application.renewalOf() != null && !instance.isPending()) {
      // The option of the first order, whose instance has served: it names none for this renewal.
      return choose(application, context);
    }
    return progress
        .of(application, shown, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        USABLE.contains(found.value().phase())
                            ? Answer.of(new Preparation.Existing(found.value()))
                            : Answer.refused(CasProgress.taken(shown))));
  }

  private Uni<Answer<Preparation>> choose(Application application, CallContext context) {
    return Answer.then(
        client.instances(keyword(application.domain()), context),
        there -> {
          Optional<CasInstance> existing = stock.existing(application, there.value().items());
          return existing.isPresent()
              ? adopt(application, existing.get().id(), there.value(), context)
              : unused(application, there.value(), context);
        });
  }

  /** A note that a listing ended before the last instance of the account. */
  private static Stream<String> notAllSeen(Paging.Page<CasInstance> there) {
    int seen = there.items().size();
    return seen >= there.total()
        ? Stream.empty()
        : Stream.of(
            "looked at "
                + seen
                + " of "
                + there.total()
                + " instances with such names; an application in another one would not be seen");
  }

  /** The list finds parts of names as they were written: for IDNs that may be in either form. */
  private static Map<String, String> keyword(DomainName domain) {
    return domain.ascii().contains(IDN) ? Map.of() : Map.of("Keyword", domain.base());
  }

  /** Takes what the listing shows, unless it has ended since or its certificate was deleted. */
  private Uni<Answer<Preparation>> adopt(
      Application application, String id, Paging.Page<CasInstance> there, CallContext context) {
    return Answer.then(
            client.instance(id, context), shown -> progress.of(application, shown, context))
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Progress>(Progress found, _)
                      when USABLE.contains(found.phase()) ->
                      Answer.<Preparation>of(new Preparation.Existing(found)).now();
                  case Answer.Failed<Progress>(Failure failure)
                      when !(failure instanceof Failure.Absent) ->
                      new Answer.Failed<Preparation>(failure).now();
                  default -> unused(application, there, context);
                });
  }

  private Uni<Answer<Preparation>> unused(
      Application application, Paging.Page<CasInstance> there, CallContext context) {
    Optional<CasInstance> own = stock.renewable(application, there.items());
    String type = CasOptions.instanceType(application);
    return listings
        .get(
            type,
            context,
            () ->
                client.instances(
                    Map.of(STATUS, CasInstance.INACTIVE, "InstanceType", type), context))
        .map(
            answer ->
                answer.then(
                    listed -> {
                      List<CasInstance> unused =
                          CasStock.unused(application, listed.value().items());
                      List<CasInstance> fit = Stream.concat(own.stream(), unused.stream()).toList();
                      return fit.isEmpty()
                          ? Answer.refused(noneFits(application, listed))
                          : ready(
                              fit,
                              Stream.concat(
                                      notAllSeen(there),
                                      Stream.of(unused.size() + " unused instance(s) fit"))
                                  .toList());
                    }));
  }

  private static Answer<Preparation> ready(List<CasInstance> fit, List<String> notes) {
    List<String> more = new ArrayList<>(notes);
    more.add("uses instance " + fit.getFirst().id() + ": " + fit.getFirst().describe());
    List<Reference> candidates =
        fit.stream().map(each -> CasProgress.reference(each.id())).toList();
    return Answer.of(new Preparation.Ready(new Plan(Map.of(), candidates, more)));
  }

  private static VendorError noneFits(Application application, Answer.Success<?> listed) {
    boolean free = CasOptions.instanceType(application).equals(CasInstance.TEST);
    return CasClient.refusal(
        ErrorClass.QUOTA,
        NONE_LEFT,
        "no unused "
            + (free ? "free test instance" : "bought instance")
            + " holds "
            + listed(CasOptions.names(application))
            + "; get one in CAS's console"
            + (free ? ", or set option instanceType to BUY to use one that was bought" : ""),
        listed);
  }

  private static VendorError misfit(
      CasInstance instance, Set<DomainName> names, Answer.Success<?> shown) {
    return CasClient.refusal(
        ErrorClass.FINAL,
        MISFIT,
        "option instanceId: "
            + instance.id()
            + " is "
            + instance.describe()
            + " and cannot hold "
            + listed(names),
        shown);
  }

  private static VendorError companyless(CasInstance instance, Answer.Success<?> shown) {
    return CasClient.refusal(
        ErrorClass.FINAL,
        "Request.Invalid",
        "option companyId: is needed, because " + instance.id() + " is " + instance.describe(),
        shown);
  }

  private static String listed(Set<DomainName> names) {
    return names.stream().map(DomainName::ascii).collect(Collectors.joining(", "));
  }
}
