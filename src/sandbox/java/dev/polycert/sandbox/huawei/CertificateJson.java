package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes certificates as ShowCertificate and ListCertificates show them. */
final class CertificateJson {
  // As in the vendor's sample of ListCertificates, "2021-05-27 16:46:25.0".
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'.0'").withZone(ZoneOffset.UTC);

  private final World world;

  CertificateJson(World world) {
    this.world = world;
  }

  /** All fields; those that are not known yet are null. */
  ObjectNode detail(ScmCertificate certificate) {
    var material = certificate.material();
    var json = common(certificate);
    json.put("order_id", certificate.purchase().orderId())
        .put("push_support", certificate.stage().usable() ? "ON" : "OFF")
        .putNull("revoke_reason")
        .put("issue_time", material == null ? null : time(material.notBefore()))
        .put("not_before", material == null ? null : time(material.notBefore()))
        .put("not_after", material == null ? null : time(material.notAfter()))
        .put("fingerprint", material == null ? null : material.sha1())
        .put("shared", false);
    application(json, certificate.purchase(), certificate.application());
    return json;
  }

  private static void application(
      ObjectNode json, Purchase purchase, @Nullable Application application) {
    boolean wildcard = application != null && application.domain().startsWith("*.");
    json.put("validation_method", application == null ? null : application.method());
    json.put(
        "multi_domain_type",
        purchase.domainType() != DomainType.MULTI_DOMAIN || application == null
            ? null
            : wildcard ? "primary_wildcard" : "primary_single");
    json.set(
        "application_info",
        application == null ? JsonNodeFactory.instance.nullNode() : application.information());
    var proofs = json.putArray("authentification");
    if (application != null) {
      for (var proof : application.proofs()) {
        proofs
            .addObject()
            .put("record_name", proof.name())
            .put("record_type", "TXT")
            .put("record_value", proof.value())
            .put("domain", proof.domain());
      }
    }
  }

  /** A line of the list, without the validation. */
  ObjectNode line(ScmCertificate certificate) {
    var material = certificate.material();
    return common(certificate)
        .put("deploy_support", certificate.stage().usable())
        .put("expire_time", material == null ? null : time(material.notAfter()))
        .putNull("domain_id");
  }

  private ObjectNode common(ScmCertificate certificate) {
    var purchase = certificate.purchase();
    var application = certificate.application();
    var material = certificate.material();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", certificate.id())
        .put("name", certificate.name())
        .put("status", certificate.status(world.now()).name())
        .put("type", purchase.type())
        .put("brand", purchase.brand())
        .put("signature_algorithm", material == null ? null : material.signatureAlgorithm())
        .put("domain_type", purchase.domainType().name())
        .put("validity_period", purchase.months())
        .put("domain", domain(application, material))
        .put("sans", sans(application))
        .put("domain_count", purchase.domains())
        .put("wildcard_count", 0)
        .putNull("description")
        .put("enterprise_project_id", "0");
  }

  private static @Nullable String domain(
      @Nullable Application application, @Nullable Material material) {
    if (application != null) {
      return application.domain();
    }
    return material == null || material.names().isEmpty() ? null : material.names().getFirst();
  }

  private static @Nullable String sans(@Nullable Application application) {
    return application == null || application.sans().isEmpty()
        ? null
        : String.join(";", application.sans());
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
