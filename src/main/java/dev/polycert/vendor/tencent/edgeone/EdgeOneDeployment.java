package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Deployment.State;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomains;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Deployed;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a free certificate to accelerated domains, unless they have it already, and reports how far
 * that is. There is no other way to ask: a repeated deployment reads and writes nothing.
 */
final class EdgeOneDeployment {
  static final String HOSTS = "hosts";
  static final Map<String, String> MEANINGS =
      Map.of(HOSTS, "accelerated domains, comma-separated, at most 20; the order's own by default");

  private static final String MODE = "eofreecert_manual";

  /** Filters: "at most 20 values" (DescribeAccelerationDomains). */
  private static final int MOST = 20;

  private final EdgeOneApi api;

  EdgeOneDeployment(EdgeOneApi api) {
    this.api = api;
  }

  Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    String zoneId = application.requireReference().id(EdgeOnePreparation.ZONE_ID);
    List<String> hosts = hosts(application, target.get(HOSTS));
    if (hosts.isEmpty() || hosts.size() > MOST) {
      return Answer.<Deployment>refused(
              new VendorError(
                  ErrorClass.FINAL,
                  "Option." + HOSTS,
                  "name 1 to 20 accelerated domains; a wildcard certificate has none of its own"))
          .now();
    }
    return Answer.then(
        api.domains(zoneId, 0, hosts, context),
        before -> {
          List<AccelerationDomain> domains = named(before.value(), hosts);
          if (domains.size() < hosts.size()) {
            return Answer.<Deployment>refused(unknown(hosts, domains, before.requestId())).now();
          }
          State state = state(domains);
          return state == State.DEPLOY_FAILED
              ? write(zoneId, hosts, context)
              : answer(state, domains, hosts, before.requestId());
        });
  }

  private static List<String> hosts(Application application, @Nullable String option) {
    String own = application.domain().wildcard() ? "" : application.domain().ascii();
    String text = option == null ? own : option;
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .map(DnsNames::canonical)
        .distinct()
        .toList();
  }

  private Uni<Answer<Deployment>> write(String zoneId, List<String> hosts, WriteContext context) {
    return api.deploy(zoneId, hosts, MODE, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Deployed> done ->
                      after(zoneId, hosts, State.DEPLOYING, null, context);
                  case Answer.Failed<Deployed>(Failure.Unclear unclear) ->
                      after(zoneId, hosts, State.DEPLOY_FAILED, unclear, context);
                  case Answer.Failed<Deployed> failed -> failed.<Deployment>of().now();
                });
  }

  /**
   * Reads how far it is after the write.
   *
   * @param unseen what it means when the domains do not show the certificate
   * @param unclear the failure when they do not, and the write's answer was lost
   */
  private Uni<Answer<Deployment>> after(
      String zoneId,
      List<String> hosts,
      State unseen,
      Failure.@Nullable Unclear unclear,
      CallContext context) {
    return Answer.then(
        api.domains(zoneId, 0, hosts, context),
        now -> {
          List<AccelerationDomain> domains = named(now.value(), hosts);
          boolean seen = domains.stream().allMatch(domain -> domain.mode().equals(MODE));
          if (!seen && unclear != null) {
            return new Answer.Failed<Deployment>(unclear).now();
          }
          return answer(seen ? state(domains) : unseen, domains, hosts, now.requestId());
        });
  }

  private static List<AccelerationDomain> named(AccelerationDomains answer, List<String> hosts) {
    return answer.accelerationDomains().stream()
        .filter(domain -> hosts.stream().anyMatch(domain::isNamed))
        .toList();
  }

  /** All of them together: deployed when all are; failed when one is, or has another mode. */
  private static State state(List<AccelerationDomain> domains) {
    List<State> states = domains.stream().map(EdgeOneDeployment::state).toList();
    if (states.contains(State.DEPLOY_FAILED)) {
      return State.DEPLOY_FAILED;
    }
    return states.contains(State.DEPLOYING) ? State.DEPLOYING : State.DEPLOYED;
  }

  private static State state(AccelerationDomain domain) {
    HostCertificate certificate = domain.first();
    if (!domain.mode().equals(MODE) || certificate == null) {
      return State.DEPLOY_FAILED;
    }
    return switch (certificate.status()) {
      case "deployed" -> State.DEPLOYED;
      case "failed", "issued" -> State.DEPLOY_FAILED;
      case null, default -> State.DEPLOYING;
    };
  }

  private static Uni<Answer<Deployment>> answer(
      State state, List<AccelerationDomain> domains, List<String> hosts, @Nullable String id) {
    String status =
        domains.stream()
            .map(
                domain ->
                    domain.first() == null
                        ? domain.mode()
                        : domain.mode() + " " + domain.first().status())
            .distinct()
            .collect(Collectors.joining(", "));
    Deployment deployment = new Deployment(state, String.join(", ", hosts), status, null);
    return Uni.createFrom().item(new Answer.Success<>(deployment, id));
  }

  private static VendorError unknown(
      List<String> hosts, List<AccelerationDomain> found, @Nullable String requestId) {
    String missing =
        hosts.stream()
            .filter(host -> found.stream().noneMatch(domain -> domain.isNamed(host)))
            .collect(Collectors.joining(", "));
    return new VendorError(
        ErrorClass.FINAL,
        "HostNotFound",
        "no accelerated domain of the site: " + missing,
        requestId,
        null);
  }
}
