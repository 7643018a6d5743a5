package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.StepwiseDeliverer;
import dev.polycert.provider.KeyForm;
import dev.polycert.vendor.tencent.ssl.HostedCertificates;
import dev.polycert.vendor.tencent.ssl.TencentSslErrors;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings certificates to Tencent Cloud SSL, where its other products find them. A renewal is
 * another certificate with an id of its own; the one before stays in use, unless a target asks for
 * an update or names instances.
 */
@ApplicationScoped
public class TencentSslDeliverer implements StepwiseDeliverer {
  private static final String ALIAS = "alias";
  private static final String PROJECT_ID = "projectId";
  private static final String UPDATE = "update";
  private static final String REGIONS = "regions";
  private static final String REPLACES = "replaces";
  private static final String INSTANCES = "instances";
  private static final String RESOURCE_TYPE = "resourceType";
  private static final String REGION = "region";
  private static final int LONGEST_ALIAS = 200;

  private static final Descriptor SERVICE =
      TencentSslProvider.descriptor(
              "Tencent Cloud SSL, and the cloud resources that use its certificates; a renewal is"
                  + " another certificate there")
          .option(ALIAS, "name of the certificate in the console; the domain when not given")
          .option(
              PROJECT_ID, "number of the project that the certificate belongs to; 0 when not given")
          .option(
              UPDATE,
              "moves the resources that use the certificate before: all, or types among "
                  + String.join(",", ResourceScope.TYPES))
          .option(
              REGIONS,
              "regions that update looks through for clb, tke, apigateway, waf, tcb, tse, cos,"
                  + " mqtt, scf and tdmq: ap-guangzhou,ap-shanghai")
          .option(REPLACES, "id of a certificate that the first update replaces")
          .option(
              INSTANCES,
              "instances that get the certificate, comma-separated, as DeployCertificateInstance"
                  + " names them")
          .option(RESOURCE_TYPE, "what the instances are; clb when not given")
          .option(REGION, "the region of the instances, ap-guangzhou for example");

  private static final Set<String> FOR_GOOD = Set.of(JobWatch.NOT_ALL, ResourceUpdate.STILL_IN_USE);

  private final TencentSslProvider provider;
  private final HostedCertificates hosted;

  TencentSslDeliverer(TencentSslProvider provider, HostedCertificates hosted) {
    this.provider = provider;
    this.hosted = hosted;
  }

  @Override
  public Service service() {
    return new Service(SERVICE, provider.account());
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    if (!options.getOrDefault(PROJECT_ID, "0").matches("\\d{1,9}")) {
      wrong.put(PROJECT_ID, "must be a number such as 0");
    }
    if (options.getOrDefault(ALIAS, "").length() > LONGEST_ALIAS) {
      wrong.put(ALIAS, "must have at most " + LONGEST_ALIAS + " characters");
    }
    if (!options.getOrDefault(REPLACES, "a1B2c3D4").matches("[0-9A-Za-z_-]{4,64}")) {
      wrong.put(REPLACES, "must be the id of a certificate such as a1B2c3D4");
    }
    scope(options)
        .ifPresentOrElse(
            scope -> scope.wrong(UPDATE, REGIONS, wrong),
            () -> needs(UPDATE, List.of(REGIONS, REPLACES), options, wrong));
    instances(options)
        .ifPresentOrElse(
            list -> list.wrong(RESOURCE_TYPE, REGION, INSTANCES, wrong),
            () -> needs(INSTANCES, List.of(RESOURCE_TYPE, REGION), options, wrong));
    return wrong;
  }

  private static void needs(
      String missing, List<String> given, Map<String, String> options, Map<String, String> wrong) {
    given.stream()
        .filter(options::containsKey)
        .findFirst()
        .ifPresent(name -> wrong.put(missing, "is missing; " + name + " needs it"));
  }

  private static Optional<ResourceScope> scope(Map<String, String> options) {
    return Optional.ofNullable(options.get(UPDATE))
        .map(update -> ResourceScope.of(update, options.get(REGIONS)));
  }

  private static Optional<InstanceList> instances(Map<String, String> options) {
    return Optional.ofNullable(options.get(INSTANCES))
        .map(ids -> InstanceList.of(options.get(RESOURCE_TYPE), options.get(REGION), ids));
  }

  /**
   * True when resources are left after the retries, or the vendor cannot deploy this certificate.
   */
  @Override
  public boolean refusesForGood(VendorError error) {
    return FOR_GOOD.contains(error.code()) || TencentSslErrors.isNeverDeployed(error.code());
  }

  /** The certificate requirements of Tencent Cloud show keys in OpenSSL's own form. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    DeliveryState state = new DeliveryState(consignment.state());
    return state.get(DeliveryState.CERTIFICATE).isPresent()
        ? step(consignment, state, context)
        : Answer.then(
            id(consignment, context),
            id -> begin(consignment, first(consignment, id.value()), context));
  }

  /**
   * Before an update, the id has to be on record: resources may be moved to a certificate whose
   * delivery then dies, and the delivery of the next one has to move them on.
   */
  private Uni<Answer<Stage>> begin(
      Consignment consignment, DeliveryState state, WriteContext context) {
    return updates(consignment, state)
        ? state.underWay(Duration.ZERO)
        : step(consignment, state, context);
  }

  private static boolean updates(Consignment consignment, DeliveryState state) {
    return scope(consignment.options()).isPresent() && !state.list(DeliveryState.OLD).isEmpty();
  }

  private Uni<Answer<String>> id(Consignment consignment, WriteContext context) {
    String project = consignment.options().get(PROJECT_ID);
    return hosted.id(
        consignment,
        consignment.options().getOrDefault(ALIAS, consignment.domain().ascii()),
        project == null ? null : Long.valueOf(project),
        context);
  }

  /** After an unfinished update, resources may have either of its certificates. */
  private DeliveryState first(Consignment consignment, String id) {
    DeliveryState unfinished = new DeliveryState(consignment.unfinished());
    Set<String> old = new LinkedHashSet<>(unfinished.list(DeliveryState.STUCK));
    old.addAll(unfinished.list(DeliveryState.OLD));
    unfinished.get(DeliveryState.CERTIFICATE).ifPresent(old::add);
    Optional.ofNullable(consignment.earlier())
        .or(() -> hosted.renewed(consignment))
        .or(() -> Optional.ofNullable(consignment.options().get(REPLACES)))
        .ifPresent(old::add);
    old.remove(id);
    boolean same = unfinished.get(DeliveryState.CERTIFICATE).filter(id::equals).isPresent();
    return new DeliveryState(Map.of())
        .with(DeliveryState.CERTIFICATE, id)
        .with(DeliveryState.OLD, List.copyOf(old))
        .with(DeliveryState.ENDED, same ? unfinished.list(DeliveryState.ENDED) : List.of());
  }

  /**
   * Updates, then brings it to the named instances that have not got it by that, even if the update
   * has left something.
   */
  private Uni<Answer<Stage>> step(
      Consignment consignment, DeliveryState state, WriteContext context) {
    Optional<ResourceScope> scope = scope(consignment.options());
    if (scope.isPresent() && !state.list(DeliveryState.OLD).isEmpty()) {
      DeliveryState begun =
          new DeliveryState(Map.of())
              .with(DeliveryState.CERTIFICATE, state.get(DeliveryState.CERTIFICATE).orElseThrow());
      return new ResourceUpdate(resources(), hosted, scope.get())
          .step(state, context)
          .flatMap(
              answer ->
                  switch (answer) {
                    case Answer.Success<Stage>(Stage.Done done, _) ->
                        deploy(consignment, begun, context);
                    case Answer.Failed<Stage>(Failure failure)
                        when instances(consignment.options()).isPresent()
                            && FOR_GOOD.stream().anyMatch(failure::isRefused) ->
                        deploy(consignment, left(begun, state, failure.error()), context);
                    default -> answer.now();
                  });
    }
    return deploy(consignment, state, context);
  }

  private static DeliveryState left(DeliveryState begun, DeliveryState state, VendorError error) {
    List<String> left =
        Stream.of(DeliveryState.STUCK, DeliveryState.OLD)
            .flatMap(name -> state.list(name).stream())
            .toList();
    return begun.with(DeliveryState.STUCK, left).withRefused(error.message());
  }

  private Uni<Answer<Stage>> deploy(
      Consignment consignment, DeliveryState state, WriteContext context) {
    return instances(consignment.options())
        .map(list -> new InstanceDeployment(resources(), list).step(state, context))
        .orElseGet(
            () ->
                Answer.<Stage>of(
                        new Stage.Done(
                            Objects.requireNonNull(state.texts().get(DeliveryState.CERTIFICATE))))
                    .now());
  }

  private ResourceApi resources() {
    return new ResourceApi(provider.client());
  }
}
