package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate is deployed, as ListDeployedResources tells it: among the services that SCM
 * can deploy to, CDN, WAF and ELB.
 *
 * @param certain whether SCM got an answer from every service and region; when not, the certificate
 *     may be on more
 */
record ScmDeployed(List<Place> places, boolean certain) {

  /** A resource that the certificate is on; either text may be what DeployCertificate names. */
  record Place(String service, String id, String name) {

    private String describe() {
      return service + " " + (name.isEmpty() ? id : name);
    }
  }

  /** Some of the places, for people. */
  String describe() {
    String some = places.stream().limit(3).map(Place::describe).collect(Collectors.joining(", "));
    return places.size() > 3 ? some + " and " + (places.size() - 3) + " more" : some;
  }

  /** Whether the certificate is on this resource. */
  boolean on(String service, String resource) {
    return places.stream()
        .filter(place -> place.service().equals(service))
        .anyMatch(place -> place.id().equals(resource) || place.name().equals(resource));
  }

  /** The body of ListDeployedResources. */
  @RegisterForReflection
  record Query(
      @JsonProperty("certificate_ids") List<String> ids,
      @JsonProperty("service_names") List<String> services) {

    static Query of(String id) {
      return new Query(List.of(id), List.of("ALL"));
    }
  }

  /** An answer of ListDeployedResources. */
  @RegisterForReflection
  record Told(@JsonProperty("results") @Nullable List<Result> results) {

    /** What it tells of one certificate, if it does. */
    Optional<ScmDeployed> of(String id) {
      return each(results)
          .filter(result -> id.equals(Trimmed.orNull(result.id)))
          .findFirst()
          .filter(result -> result.total != null && result.services != null)
          .map(Result::deployed);
    }
  }

  /** One certificate's resources; the number may be higher than those that are shown. */
  @RegisterForReflection
  record Result(
      @JsonProperty("certificate_id") @Nullable String id,
      @JsonProperty("total_num") @Nullable Integer total,
      @JsonProperty("deployed_resources") @Nullable List<Service> services) {

    private ScmDeployed deployed() {
      List<Place> places = each(services).flatMap(Service::places).toList();
      boolean allShown = places.size() >= Objects.requireNonNullElse(total, 0);
      return new ScmDeployed(places, allShown && each(services).allMatch(Service::certain));
    }
  }

  /** One service's resources. */
  @RegisterForReflection
  record Service(
      @JsonProperty("service") @Nullable String name,
      @JsonProperty("region_resources") @Nullable List<Region> regions) {

    private Stream<Place> places() {
      return each(regions)
          .flatMap(region -> each(region.resources))
          .map(
              resource ->
                  new Place(
                      Trimmed.orEmpty(name),
                      Trimmed.orEmpty(resource.id),
                      Trimmed.orEmpty(resource.name)));
    }

    private boolean certain() {
      return each(regions).noneMatch(region -> Boolean.TRUE.equals(region.failed));
    }
  }

  /**
   * One region's resources.
   *
   * @param failed whether the service there did not answer, so that the list is not to be trusted
   */
  @RegisterForReflection
  record Region(
      @JsonProperty("is_error") @Nullable Boolean failed,
      @JsonProperty("resources") @Nullable List<Resource> resources) {}

  /** A resource. */
  @RegisterForReflection
  record Resource(
      @JsonProperty("resource_id") @Nullable String id,
      @JsonProperty("resource_name") @Nullable String name) {}

  private static <T> Stream<T> each(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}
