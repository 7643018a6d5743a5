package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Failing;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.StepwiseDeliverer;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.KeyForm;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.ssl.HostedCertificates;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts certificates into use at accelerated domains of EdgeOne, by way of Tencent Cloud SSL, where
 * EdgeOne takes them from. It reads first what each domain has, so that a repeated delivery changes
 * nothing more.
 */
@ApplicationScoped
public class EdgeOneDeliverer implements StepwiseDeliverer {
  private static final String ZONE_ID = EdgeOnePreparation.ZONE_ID;
  private static final String HOSTS = EdgeOneDeployment.HOSTS;

  private static final Descriptor SERVICE =
      EdgeOneApi.PRODUCT
          .service(
              EdgeOneProvider.ID,
              "accelerated domains of Tencent EdgeOne, by way of Tencent Cloud SSL")
          .required(ZONE_ID, "id of the site: zone-2o1t24kgy362")
          .option(
              HOSTS,
              "accelerated domains, comma-separated, at most 20; the order's own when not given");

  /** Filters: "at most 20 values" (DescribeAccelerationDomains). */
  private static final int MOST_HOSTS = 20;

  private static final String CERTIFICATE = "certificateId";

  /** Those of deliveries that never got done, which domains may have still. */
  private static final String UNFINISHED = "unfinishedIds";

  /** How often domains were given it. */
  private static final String GIVEN = "given";

  /** How often a domain was seen that it could not be bound to, after it was given. */
  private static final String FAILURES = "failures";

  private static final int MOST_FAILURES = 3;

  /** After each time that domains were given it: the listing may lag behind. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

  /** The error code when domains do not use the certificate after all tries. */
  private static final String NOT_BOUND = "Hosts.NotBound";

  private static final Set<String> FOR_GOOD =
      Set.of(NOT_BOUND, EdgeOneErrors.NO_MATCH, EdgeOneErrors.SHORT_KEY);

  private final EdgeOneProvider provider;
  private final HostedCertificates certificates;

  EdgeOneDeliverer(EdgeOneProvider provider, HostedCertificates certificates) {
    this.provider = provider;
    this.certificates = certificates;
  }

  @Override
  public Service service() {
    return new Service(SERVICE, provider.account());
  }

  @Override
  public Optional<String> place() {
    return Optional.of(HOSTS);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    String zone = options.get(ZONE_ID);
    if (zone == null || !zone.matches("[0-9A-Za-z-]{1,64}")) {
      wrong.put(
          ZONE_ID, zone == null ? "is missing; it names the site" : "must be an id of a site");
    }
    String hosts = options.get(HOSTS);
    if (hosts != null) {
      List<String> named = split(hosts);
      boolean fit =
          !named.isEmpty()
              && named.size() <= MOST_HOSTS
              && named.stream()
                  .allMatch(host -> host.matches("(\\*\\.)?[^*\\s/:|]+\\.[^*\\s/:|]+"));
      if (!fit) {
        wrong.put(HOSTS, "must name 1 to " + MOST_HOSTS + " domains, separated by commas");
      }
    }
    return wrong;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return FOR_GOOD.contains(error.code());
  }

  /** As Tencent Cloud SSL wants them. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    String known = consignment.state().get(CERTIFICATE);
    return Answer.then(
        known == null
            ? certificates.id(consignment, consignment.domain().ascii(), null, context)
            : Answer.of(known).now(),
        id -> bind(consignment, id.value(), context));
  }

  private Uni<Answer<Stage>> bind(Consignment consignment, String id, WriteContext context) {
    String zone = consignment.options().getOrDefault(ZONE_ID, "");
    List<String> hosts =
        split(consignment.options().getOrDefault(HOSTS, consignment.domain().ascii()));
    return Answer.then(
        provider.api().domains(zone, 0, hosts, context),
        answer -> {
          BoundHosts seen = BoundHosts.of(hosts, answer.value().accelerationDomains(), id);
          int given = count(consignment, GIVEN);
          int failures =
              count(consignment, FAILURES) + (given == 0 || seen.failed().isEmpty() ? 0 : 1);
          Progress progress = new Progress(id, unfinished(consignment), given, failures);
          boolean again = failures < MOST_FAILURES;
          List<AccelerationDomain> left =
              Stream.concat(
                      seen.without().stream(),
                      again ? seen.failed().stream() : Stream.<AccelerationDomain>empty())
                  .toList();
          if (!left.isEmpty() && !consignment.state().containsKey(CERTIFICATE)) {
            // A later certificate has to know which one these domains got if this delivery dies.
            return progress.underWay("to be given to " + BoundHosts.names(left), Duration.ZERO);
          }
          if (!left.isEmpty()) {
            return use(consignment, zone, left, progress, context);
          }
          if (!seen.waiting().isEmpty()) {
            return progress.underWay("waits for " + seen.waiting());
          }
          return ended(seen, id, answer.requestId());
        });
  }

  /** Reports by name what is left once all other domains use it. */
  private static Uni<Answer<Stage>> ended(BoundHosts seen, String id, @Nullable String requestId) {
    String unknown = "no accelerated domain of the site: " + String.join(", ", seen.unknown());
    if (!seen.failed().isEmpty()) {
      String unbound =
          "these domains got certificate %s but do not use it: %s"
              .formatted(id, String.join(", ", BoundHosts.names(seen.failed())));
      return refused(
          NOT_BOUND, seen.unknown().isEmpty() ? unbound : unbound + "; " + unknown, requestId);
    }
    return seen.unknown().isEmpty()
        ? Answer.<Stage>of(new Stage.Done(id)).now()
        : refused("HostNotFound", unknown, requestId);
  }

  private Uni<Answer<Stage>> use(
      Consignment consignment,
      String zone,
      List<AccelerationDomain> domains,
      Progress progress,
      WriteContext context) {
    Set<String> replaced = new HashSet<>(progress.unfinished());
    Optional.ofNullable(consignment.earlier()).ifPresent(replaced::add);
    Failing failing = new Failing();
    Set<String> done = new HashSet<>();
    return give(
            zone,
            BoundHosts.lists(domains, consignment, progress.id(), replaced).entrySet().iterator(),
            failing,
            done,
            context)
        .flatMap(
            given ->
                switch (failing.asOne(this::refusesForGood).orElse(null)) {
                  case null -> progress.more().underWay("given to " + BoundHosts.names(domains));
                  // The next step looks what the domains have.
                  case Failure.Unclear lost ->
                      progress.more().underWay("no clear answer: " + lost.error().code());
                  // The domains that have got it are waited for before the refusal is reported.
                  case Failure failure when !done.isEmpty() && progress.given() == 0 ->
                      progress
                          .more()
                          .underWay("given to %s; %s".formatted(done, failure.error().message()));
                  case Failure failure -> new Answer.Failed<Stage>(failure).now();
                });
  }

  private static Set<String> unfinished(Consignment consignment) {
    Map<String, String> state = consignment.state();
    return Stream.of(
            state.get(UNFINISHED),
            consignment.unfinished().get(UNFINISHED),
            consignment.unfinished().get(CERTIFICATE))
        .flatMap(Stream::ofNullable)
        .flatMap(ids -> Stream.of(ids.split(",")))
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Brings the certificate to all lists, one after the other. If EdgeOne refuses a list because of
   * one domain, the other domains of the list get the certificate nevertheless.
   */
  private Uni<Void> give(
      String zone,
      Iterator<Map.Entry<List<String>, List<String>>> lists,
      Failing failing,
      Set<String> done,
      WriteContext context) {
    if (!lists.hasNext()) {
      return Uni.createFrom().voidItem();
    }
    Map.Entry<List<String>, List<String>> next = lists.next();
    return failing
        .bring(
            next.getValue(),
            host -> host,
            hosts ->
                provider
                    .api()
                    .use(zone, hosts, next.getKey(), context)
                    .invoke(
                        answer -> {
                          if (answer instanceof Answer.Success) {
                            done.addAll(hosts);
                          }
                        }),
            EdgeOneErrors::isOfAHost)
        .flatMap(given -> give(zone, lists, failing, done, context));
  }

  private static int count(Consignment consignment, String name) {
    return Integer.parseInt(consignment.state().getOrDefault(name, "0"));
  }

  private static Uni<Answer<Stage>> refused(
      String code, String message, @Nullable String requestId) {
    return Answer.<Stage>refused(new VendorError(ErrorClass.FINAL, code, message, requestId, null))
        .now();
  }

  private static List<String> split(String hosts) {
    return Stream.of(hosts.split(","))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .map(DnsNames::canonical)
        .distinct()
        .toList();
  }

  /** What the next step needs of this one. */
  private record Progress(String id, Set<String> unfinished, int given, int failures) {

    Progress more() {
      return new Progress(id, unfinished, given + 1, failures);
    }

    Uni<Answer<Stage>> underWay(String note) {
      return underWay(note, PAUSES.get(Math.clamp(given - 1L, 0, PAUSES.size() - 1)));
    }

    Uni<Answer<Stage>> underWay(String note, Duration pause) {
      Map<String, String> state = new HashMap<>();
      state.put(CERTIFICATE, id);
      state.put(GIVEN, String.valueOf(given));
      state.put(FAILURES, String.valueOf(failures));
      state.put("note", note);
      if (!unfinished.isEmpty()) {
        state.put(UNFINISHED, String.join(",", unfinished));
      }
      return Answer.<Stage>of(new Stage.UnderWay(state, pause)).now();
    }
  }
}
