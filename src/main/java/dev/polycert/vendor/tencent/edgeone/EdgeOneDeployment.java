package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Failing;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Deployment.State;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomains;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
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
          if (domains.isEmpty()) {
            return Answer.<Deployment>refused(unknown(hosts, before.requestId())).now();
          }
          List<String> left =
              hosts.stream()
                  .filter(host -> domains.stream().anyMatch(it -> it.isNamed(host) && lacks(it)))
                  .toList();
          return left.isEmpty()
              ? answer(domains, hosts, false, null, before.requestId()).now()
              : write(zoneId, hosts, left, context);
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

  /** If EdgeOne refuses the domains because of one, the others get the certificate nevertheless. */
  private Uni<Answer<Deployment>> write(
      String zoneId, List<String> hosts, List<String> left, WriteContext context) {
    List<String> given = new ArrayList<>();
    Failing failing = new Failing();
    return failing
        .bring(
            left,
            host -> host,
            some ->
                api.deploy(zoneId, some, MODE, context)
                    .invoke(
                        answer -> {
                          if (answer instanceof Answer.Success) {
                            given.addAll(some);
                          }
                        }),
            EdgeOneErrors::isOfAHost)
        .flatMap(
            done -> {
              Failure failure =
                  (hosts.size() == 1 ? failing.first() : failing.asOne(error -> false))
                      .orElse(null);
              if (failure instanceof Failure.Unclear) {
                return after(zoneId, hosts, left, failure, context);
              }
              return failure != null && given.isEmpty()
                  ? new Answer.Failed<Deployment>(failure).now()
                  : after(zoneId, hosts, given, failure, context);
            });
  }

  /**
   * Reads how far it is after the write.
   *
   * @param given the domains that are to show the certificate
   * @param failure of some domains; when an answer was lost, it stands unless all show it
   */
  private Uni<Answer<Deployment>> after(
      String zoneId,
      List<String> hosts,
      List<String> given,
      @Nullable Failure failure,
      CallContext context) {
    return Answer.then(
        api.domains(zoneId, 0, hosts, context),
        now -> {
          List<AccelerationDomain> domains = named(now.value(), hosts);
          boolean seen =
              named(now.value(), given).stream().allMatch(domain -> domain.mode().equals(MODE));
          if (failure instanceof Failure.Unclear) {
            return (seen
                    ? answer(domains, hosts, false, null, now.requestId())
                    : new Answer.Failed<Deployment>(failure))
                .now();
          }
          return answer(domains, hosts, !seen, failure, now.requestId()).now();
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

  private static boolean lacks(AccelerationDomain domain) {
    return state(domain) == State.DEPLOY_FAILED;
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

  /**
   * @param lags whether domains were given the certificate and do not show it yet
   * @param refused why some domains did not get it; null when none was refused
   */
  private static Answer<Deployment> answer(
      List<AccelerationDomain> domains,
      List<String> hosts,
      boolean lags,
      @Nullable Failure refused,
      @Nullable String id) {
    String status =
        domains.stream()
            .map(
                domain ->
                    domain.first() == null
                        ? domain.mode()
                        : domain.mode() + " " + domain.first().status())
            .distinct()
            .collect(Collectors.joining(", "));
    List<String> unknown =
        hosts.stream()
            .filter(host -> domains.stream().noneMatch(domain -> domain.isNamed(host)))
            .toList();
    List<String> problems = new ArrayList<>();
    if (refused != null) {
      problems.add(refused.error().code() + ": " + refused.error().message());
    }
    if (!unknown.isEmpty()) {
      problems.add(unknown(unknown, id).message());
    }
    State state = lags ? State.DEPLOYING : state(domains);
    return new Answer.Success<>(
        problems.isEmpty()
            ? new Deployment(state, String.join(", ", hosts), status, null)
            : new Deployment(
                State.DEPLOY_FAILED, String.join(", ", hosts), status, String.join("; ", problems)),
        id);
  }

  private static VendorError unknown(List<String> missing, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "HostNotFound",
        "no accelerated domain of the site: " + String.join(", ", missing),
        requestId,
        null);
  }
}
