package dev.polycert.vendor.huawei.scm;

import static dev.polycert.vendor.huawei.scm.ScmClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a certificate is deployed, as ListDeployedResources shows it: among the services that SCM
 * can deploy to, CDN, WAF and ELB.
 *
 * @param certain whether SCM got an answer from every service and region; when not, the certificate
 *     may be on more
 */
record ScmDeployed(List<Place> places, boolean certain) {

  /** A resource that the certificate is on; either text may be what DeployCertificate names. */
  record Place(String service, String id, String name) {

    private static Place of(JsonNode service, JsonNode resource) {
      return new Place(
          text(service, "service").orElse(""),
          text(resource, "resource_id").orElse(""),
          text(resource, "resource_name").orElse(""));
    }

    private String describe() {
      return service + " " + (name.isEmpty() ? id : name);
    }
  }

  /** What an answer says of one certificate, if it does. */
  static Optional<ScmDeployed> of(JsonNode root, String id) {
    return root.path("results")
        .valueStream()
        .filter(result -> text(result, "certificate_id").filter(id::equals).isPresent())
        .findFirst()
        .filter(result -> result.hasNonNull("total_num"))
        .filter(result -> result.path("deployed_resources").isArray())
        .map(ScmDeployed::read);
  }

  /** The vendor's total may be higher than the number of resources that are shown. */
  private static ScmDeployed read(JsonNode result) {
    List<Place> places = new ArrayList<>();
    boolean answered = true;
    for (JsonNode service : result.path("deployed_resources")) {
      for (JsonNode region : service.path("region_resources")) {
        answered &= !region.path("is_error").asBoolean();
        region.path("resources").forEach(resource -> places.add(Place.of(service, resource)));
      }
    }
    return new ScmDeployed(places, answered && places.size() >= result.path("total_num").asInt());
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
}
