package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import java.util.List;

/**
 * What is done with a certificate after or instead of its application: cancel, delete, export,
 * push, deploy, import.
 */
final class UseOperations {
  private static final List<String> SERVICES = List.of("CDN", "WAF", "ELB");

  private final World world;
  private final Certificates certificates;

  UseOperations(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  ScmAnswer cancel(String id) {
    return certificates.with(
        id,
        certificate -> {
          if (!certificate.stage().applying()) {
            return Refusals.status(certificate.status(world.now()));
          }
          certificates.put(certificate.at(Status.CANCELCHECKING, world.now()));
          return new Success(
              JsonNodeFactory.instance.objectNode().put("cert_id", id).put("message", "success"));
        });
  }

  ScmAnswer delete(String id) {
    return certificates.with(
        id,
        certificate -> {
          boolean over = certificate.stage().usable() || certificate.stage() == Status.UNPASSED;
          if (!over) {
            return Refusals.status(certificate.status(world.now()));
          }
          certificates.remove(certificate);
          return Success.EMPTY;
        });
  }

  ScmAnswer export(String id) {
    return certificates.with(
        id,
        certificate -> {
          var material = certificate.material();
          if (material == null) {
            return Refusals.status(certificate.status(world.now()));
          }
          return new Success(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("entire_certificate", material.certificate() + material.chain())
                  .put("certificate", material.certificate())
                  .put("certificate_chain", material.chain())
                  .put("private_key", material.privateKey()));
        });
  }

  ScmAnswer push(String id, BodyCheck body) {
    body.mandatoryText("target_project", 255);
    var service = body.mandatoryText("target_service", 64);
    body.require(SERVICES.contains(service), Refusals.SERVICE_NOT_SUPPORTED);
    return usable(id, body, new Success(JsonNodeFactory.instance.objectNode()));
  }

  ScmAnswer deploy(String id, BodyCheck body) {
    var service = body.mandatoryText("service_name", 64);
    body.require(SERVICES.contains(service), Refusals.SERVICE_NOT_SUPPORTED);
    var resources = body.node("resources");
    body.require(
        resources.isArray() && !resources.isEmpty() && resources.size() <= 20,
        "resources",
        "a list of 1 to 20");
    var fields = JsonNodeFactory.instance.objectNode();
    fields.putArray("failure_list");
    return usable(id, body, new Success(fields));
  }

  private ScmAnswer usable(String id, BodyCheck body, Success success) {
    return certificates.with(
        id,
        certificate -> {
          if (body.refusal().isPresent()) {
            return body.refusal().get();
          }
          return certificate.status(world.now()).usable()
              ? success
              : Refusals.status(certificate.status(world.now()));
        });
  }

  ScmAnswer importOwn(BodyCheck body) {
    var name = body.mandatoryText("name", 63);
    var certificate = body.mandatoryText("certificate", 65_536);
    var chain = body.text("certificate_chain", 65_536);
    var key = body.mandatoryText("private_key", 65_536);
    if (body.refusal().isPresent()) {
      return body.refusal().get();
    }
    return Material.of(certificate, chain, key)
        .<ScmAnswer>map(
            material -> {
              int names = Math.max(1, material.names().size());
              var type = names > 1 ? DomainType.MULTI_DOMAIN : DomainType.SINGLE_DOMAIN;
              var own = new Purchase("", "", "", type, names, 0);
              var id = certificates.add(own, name, Status.UPLOAD, material).id();
              return Success.of("certificate_id", id);
            })
        .orElse(Refusals.UNREADABLE_CERTIFICATE);
  }
}
