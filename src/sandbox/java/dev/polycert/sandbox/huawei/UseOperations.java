package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;

/** CancelCertificateRequest, DeleteCertificate, ExportCertificate and ImportCertificate. */
final class UseOperations {
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

  ScmAnswer importOwn(BodyCheck body) {
    var name = body.mandatoryText("name", 63);
    var certificate = body.mandatoryText("certificate", 65_536);
    var chain = body.text("certificate_chain", 65_536);
    var key = body.mandatoryText("private_key", 65_536);
    if (body.refusal().isPresent()) {
      return body.refusal().get();
    }
    var read = Pem.privateKey(key);
    if (read.isEmpty()) {
      return Refusals.UNREADABLE_KEY;
    }
    return Material.of(certificate, chain, key)
        .<ScmAnswer>map(
            material -> {
              if (!material.isFor(read.get())) {
                return Refusals.FOREIGN_KEY;
              }
              int names = Math.max(1, material.names().size());
              var type = names > 1 ? DomainType.MULTI_DOMAIN : DomainType.SINGLE_DOMAIN;
              var own = new Purchase("", "", "", type, names, 0);
              var id = certificates.add(own, name, Status.UPLOAD, material).id();
              return Success.of("certificate_id", id);
            })
        .orElse(Refusals.UNREADABLE_CERTIFICATE);
  }
}
