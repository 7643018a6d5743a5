package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.StepwiseDeliverer;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.KeyForm;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Deployed;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import dev.polycert.vendor.tencent.ssl.HostedCertificates;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final String TRIES = "tries";
  private static final int MOST_TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

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
          Hosts seen = Hosts.of(hosts, answer.value().accelerationDomains(), id);
          if (!seen.unknown().isEmpty()) {
            return refused(
                "HostNotFound",
                "no accelerated domain of the site: " + String.join(", ", seen.unknown()),
                answer.requestId());
          }
          if (seen.without().isEmpty()) {
            return seen.waiting().isEmpty()
                ? Answer.<Stage>of(new Stage.Done(id)).now()
                : underWay(id, tries(consignment), "waits for " + seen.waiting());
          }
          return tries(consignment) < MOST_TRIES
              ? use(consignment, zone, seen.without(), id, context)
              : refused(
                  NOT_BOUND,
                  "these domains got certificate %s but do not use it: %s"
                      .formatted(id, String.join(", ", seen.without())),
                  answer.requestId());
        });
  }

  private Uni<Answer<Stage>> use(
      Consignment consignment, String zone, List<String> hosts, String id, WriteContext context) {
    return provider
        .api()
        .use(zone, hosts, id, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Deployed> given ->
                      underWay(id, tries(consignment) + 1, "given to " + hosts);
                  // The next step looks what the domains have.
                  case Answer.Failed<Deployed>(Failure.Unclear lost) ->
                      underWay(
                          id, tries(consignment) + 1, "no clear answer: " + lost.error().code());
                  case Answer.Failed<Deployed> failed -> failed.<Stage>of().now();
                });
  }

  private static int tries(Consignment consignment) {
    return Integer.parseInt(consignment.state().getOrDefault(TRIES, "0"));
  }

  private static Uni<Answer<Stage>> underWay(String id, int tries, String note) {
    Map<String, String> state = Map.of(CERTIFICATE, id, TRIES, String.valueOf(tries), "note", note);
    return Answer.<Stage>of(new Stage.UnderWay(state, PAUSE)).now();
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

  /**
   * How far domains have taken up a certificate.
   *
   * @param unknown those that the site has not got
   * @param without those that are to be given it
   * @param waiting those that do not use it yet
   */
  private record Hosts(List<String> unknown, List<String> without, List<String> waiting) {

    static Hosts of(List<String> hosts, List<AccelerationDomain> domains, String id) {
      Hosts seen = new Hosts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (String host : hosts) {
        domains.stream()
            .filter(domain -> domain.isNamed(host))
            .findFirst()
            .ifPresentOrElse(
                domain -> seen.add(host, domain.hosted(id)), () -> seen.unknown.add(host));
      }
      return seen;
    }

    private void add(String host, @Nullable HostCertificate certificate) {
      String status = certificate == null ? "" : String.valueOf(certificate.status());
      switch (status) {
        case "deployed" -> {}
        // "issued", in spite of the word: the binding failed.
        case "", "failed", "issued" -> without.add(host);
        default -> waiting.add(host);
      }
    }
  }
}
