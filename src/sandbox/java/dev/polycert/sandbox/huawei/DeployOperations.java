package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Deployments.Deployment;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * PushCertificate, BatchPushCertificate, DeployCertificate and ListDeployedResources: pushing hands
 * a service a copy of the certificate, deploying puts it on the service's resources.
 */
final class DeployOperations {
  private static final String CDN = "CDN";
  private static final String WAF = "WAF";
  private static final List<String> SERVICES = List.of(CDN, WAF, "ELB");
  private static final int MOST_PROJECTS = 10;
  private static final int MOST_RESOURCES = 20;
  private static final int MOST_IDS = 50;

  private final World world;
  private final Certificates certificates;
  private final Deployments deployments;
  private final Set<String> pushedToCdn = new HashSet<>();

  DeployOperations(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
    this.deployments = new Deployments(world);
    world.onReset(pushedToCdn::clear);
  }

  ScmAnswer push(String id, BodyCheck body) {
    var service = service(body, "target_service");
    if (!service.equals(CDN)) {
      body.mandatoryText("target_project", 255);
    }
    return deployable(
        id,
        body,
        certificate ->
            service.equals(CDN) && !pushedToCdn.add(id) ? Refusals.PUSHED : Success.EMPTY);
  }

  ScmAnswer batchPush(String id, BodyCheck body) {
    service(body, "target_service");
    var projects = texts(body, "target_projects", MOST_PROJECTS);
    return deployable(
        id,
        body,
        certificate -> {
          var fields = JsonNodeFactory.instance.objectNode();
          var results = fields.putArray("results");
          for (var project : projects) {
            results
                .addObject()
                .put("project_name", project)
                .put("cert_id", world.random(32, "0123456789abcdef"))
                .put("message", "success");
          }
          return new Success(fields);
        });
  }

  ScmAnswer deploy(String id, BodyCheck body) {
    var service = service(body, "service_name");
    var project = body.text("project_name", 255);
    var resources = items(body, "resources", MOST_RESOURCES);
    resources.forEach(resource -> checkResource(service, resource, body));
    body.require(
        service.equals(CDN) || !project.isEmpty(), "project_name", "the project of the resources");
    return deployable(
        id,
        body,
        certificate -> {
          var fields = JsonNodeFactory.instance.objectNode();
          var failures = fields.putArray("failure_list");
          for (var resource : resources) {
            deploy(certificate, service, project, resource, failures);
          }
          return new Success(fields);
        });
  }

  private static void checkResource(String service, JsonNode resource, BodyCheck body) {
    if (service.equals(CDN)) {
      body.require(resource.path("domain_name").isTextual(), "domain_name", "a value for CDN");
      return;
    }
    body.require(resource.path("id").isTextual(), "id", "a value for " + service);
    body.require(
        !service.equals(WAF)
            || List.of("cloud", "premium").contains(resource.path("type").asText()),
        "type",
        "cloud or premium for WAF");
  }

  private void deploy(
      ScmCertificate certificate,
      String service,
      String project,
      JsonNode resource,
      ArrayNode failures) {
    boolean global = service.equals(CDN);
    var name = resource.path(global ? "domain_name" : "id").asText();
    if (global && !covers(certificate, name.toLowerCase(Locale.ROOT))) {
      failures
          .addObject()
          .put("resource", name)
          .put("failure_info", "CDN.0010:the certificate does not match the domain name");
      return;
    }
    deployments.put(new Deployment(certificate.id(), service, global ? "global" : project, name));
  }

  private static boolean covers(ScmCertificate certificate, String domain) {
    var material = certificate.material();
    var wildcard = "*" + domain.substring(Math.max(0, domain.indexOf('.')));
    return material != null
        && (material.names().contains(domain)
            || (!DomainNames.wildcard(domain) && material.names().contains(wildcard)));
  }

  /** Applies the operation to a certificate that is usable and whose key SCM has, or refuses. */
  private ScmAnswer deployable(
      String id, BodyCheck body, Function<ScmCertificate, ScmAnswer> answer) {
    return certificates.with(
        id,
        certificate -> {
          if (body.refusal().isPresent()) {
            return body.refusal().get();
          }
          if (!certificate.status(world.now()).usable()) {
            return Refusals.status(certificate.status(world.now()));
          }
          var material = certificate.material();
          return material == null || material.privateKey() == null
              ? Refusals.WITHOUT_KEY
              : answer.apply(certificate);
        });
  }

  ScmAnswer listDeployed(BodyCheck body) {
    var ids = texts(body, "certificate_ids", MOST_IDS);
    var named = texts(body, "service_names", MOST_IDS);
    var services = named.contains("ALL") ? SERVICES : named;
    body.require(SERVICES.containsAll(services), "service_names", "WAF, CDN, ELB or ALL");
    return body.refusal().isPresent() ? body.refusal().get() : deployed(ids, services);
  }

  private ScmAnswer deployed(List<String> ids, List<String> services) {
    var fields = JsonNodeFactory.instance.objectNode();
    var results = fields.putArray("results");
    for (var id : ids) {
      var result = results.addObject().put("certificate_id", id);
      var details = result.putArray("deployed_resources");
      services.forEach(service -> details.add(detail(id, service)));
      result.put("total_num", details.findValues("resource_id").size());
    }
    return new Success(fields);
  }

  private ObjectNode detail(String id, String service) {
    var found = deployments.of(id, service);
    var detail = JsonNodeFactory.instance.objectNode();
    detail.put("service", service).put("resource_num", found.size());
    detail.put("resource_location", service.equals(CDN) ? "global" : "region");
    var regions = detail.putArray("region_resources");
    found.stream()
        .collect(Collectors.groupingBy(Deployment::region))
        .forEach(
            (region, there) -> {
              var node = regions.addObject().put("region_id", region).put("is_error", false);
              var resources = node.putArray("resources");
              there.forEach(
                  each ->
                      resources
                          .addObject()
                          .put("resource_id", each.resource())
                          .put("resource_name", each.resource()));
            });
    return detail;
  }

  /** The vendor's list has the services in capitals, its samples in lower case. */
  private static String service(BodyCheck body, String field) {
    var service = body.mandatoryText(field, 64).toUpperCase(Locale.ROOT);
    body.require(SERVICES.contains(service), Refusals.SERVICE_NOT_SUPPORTED);
    return service;
  }

  private static List<String> texts(BodyCheck body, String field, int most) {
    return items(body, field, most).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> items(BodyCheck body, String field, int most) {
    var node = body.node(field);
    boolean right = node.isArray() && !node.isEmpty() && node.size() <= most;
    body.require(right, field, "a list of 1 to " + most);
    return right ? StreamSupport.stream(node.spliterator(), false).toList() : List.of();
  }
}
