package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes certificates as GetCertificate and ListCertificates show them. */
final class CertificateJson {
  private static final int CANCELED = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final World world;

  CertificateJson(World world) {
    this.world = world;
  }

  ObjectNode of(EsaCertificate certificate) {
    var json =
        instance
            .objectNode()
            .put("Id", certificate.id())
            .put("Name", certificate.name())
            .put("Status", certificate.status(world.now()))
            .put("Type", certificate.origin())
            .put("Region", "cn-hangzhou")
            .put("CreateTime", time(certificate.created()))
            .put("UpdateTime", time(certificate.updated()));
    names(json, certificate);
    if (certificate.facts() != null) {
      facts(json, certificate.facts());
    }
    if (certificate.failure() != null) {
      json.put("ApplyCode", CANCELED).put("ApplyMessage", certificate.failure());
    }
    challenges(json, certificate);
    return json;
  }

  private static void names(ObjectNode json, EsaCertificate certificate) {
    if (!certificate.names().isEmpty()) {
      json.put("CommonName", certificate.names().getFirst());
      json.put("SAN", String.join(",", certificate.names()));
    }
  }

  private static void facts(ObjectNode json, CertificateFacts facts) {
    json.put("Issuer", facts.issuer())
        .put("IssuerCN", facts.issuerCommonName())
        .put("NotBefore", time(facts.notBefore()))
        .put("NotAfter", time(facts.notAfter()))
        .put("SerialNumber", facts.serialNumber())
        .put("FingerprintSha256", facts.sha256())
        .put("PubAlg", facts.publicKeyAlgorithm())
        .put("SigAlg", facts.signatureAlgorithm());
  }

  private static void challenges(ObjectNode json, EsaCertificate certificate) {
    var items = json.putArray("DCV");
    for (var challenge : certificate.challenges()) {
      items
          .addObject()
          .put("Id", challenge.id())
          .put("Type", challenge.kind().name())
          .put("Key", challenge.key())
          .put("Value", challenge.value())
          .put("Status", "pending");
    }
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
