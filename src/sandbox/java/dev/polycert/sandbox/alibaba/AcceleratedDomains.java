package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import dev.polycert.sandbox.alibaba.CasCertificates.Use;
import java.util.Map;
import java.util.TreeMap;

/** The domain names that CDN or DCDN accelerates: all that the account owns. */
final class AcceleratedDomains {
  private final World world;
  private final CasCertificates certificates;
  private final String status;
  private final Map<String, String> byDomain = new TreeMap<>();

  /**
   * @param status the field that says whether HTTPS is on
   */
  AcceleratedDomains(World world, CasCertificates certificates, String product, String status) {
    this.world = world;
    this.certificates = certificates;
    this.status = status;
    world.onReset(byDomain::clear);
    certificates.usedBy(
        () ->
            byDomain.entrySet().stream()
                .map(each -> new Use(product, each.getKey(), each.getValue())));
  }

  Answer describe(Query parameters) {
    var domain = parameters.text("DomainName").orElse("");
    if (!owns(domain)) {
      return notFound();
    }
    var fields = instance.objectNode();
    var info = fields.putObject("CertInfos").putArray("CertInfo").addObject();
    info.put("DomainName", domain).put(status, byDomain.containsKey(domain) ? "on" : "off");
    certificates
        .find(byDomain.getOrDefault(domain, ""))
        .ifPresent(
            one ->
                info.put("CertId", String.valueOf(one.id()))
                    .put("CertName", one.name())
                    .put("CertType", "cas")
                    .put("CertRegion", CasCertificates.REGION)
                    .put("CertDomainName", one.facts().commonName()));
    return new Success(fields);
  }

  private boolean owns(String domain) {
    var name = domain.startsWith(".") ? domain.substring(1) : domain;
    return !name.isEmpty() && world.owns(world.registrableDomain(name));
  }

  private static Refusal notFound() {
    return new Refusal(
        404, "InvalidDomain.NotFound", "The domain provided does not belong to you.");
  }

  Answer set(Query parameters) {
    var domain = parameters.text("DomainName").orElse("");
    if (!owns(domain)) {
      return notFound();
    }
    if (!parameters.text("SSLProtocol").filter("on"::equals).isPresent()) {
      return new Refusal(
          400, "InvalidSSLProtocol.ValueNotSupported", "The specified SSLProtocol is invalid.");
    }
    if (!parameters.text("CertType").filter("cas"::equals).isPresent()) {
      return new Refusal(400, "SSLPub.MissingParameter", "The SSLPub parameter is required.");
    }
    var found =
        parameters
            .text("CertId")
            .flatMap(certificates::find)
            .filter(
                one ->
                    parameters
                        .text("CertRegion")
                        .filter(CasCertificates.REGION::equals)
                        .isPresent());
    found.ifPresent(one -> byDomain.put(domain, one.identifier()));
    return found.isPresent()
        ? new Success(instance.objectNode())
        : Refusals.invalid("CertId", "the id of a certificate in CAS");
  }
}
