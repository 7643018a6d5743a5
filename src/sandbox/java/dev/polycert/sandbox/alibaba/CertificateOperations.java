package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** GetCertificate, ListCertificates, ListCertificatesByRecord and DeleteCertificate. */
final class CertificateOperations {
  private final World world;
  private final Sites sites;
  private final Certificates certificates;
  private final CertificateJson json;

  CertificateOperations(World world, Sites sites, Certificates certificates) {
    this.world = world;
    this.sites = sites;
    this.certificates = certificates;
    this.json = new CertificateJson(world);
  }

  Answer get(Query parameters) {
    return with(
        parameters,
        (site, certificate) -> {
          var fields = on(site);
          var result = json.of(certificate);
          // The vendor's outer status says "OK" where the inner one says "Issued".
          var status = result.get("Status").asText();
          fields.put("Status", status.equals("Issued") ? "OK" : status);
          if (certificate.facts() != null) {
            fields.put("Certificate", certificate.facts().pem());
          }
          fields.set("Result", result);
          return new Success(fields);
        });
  }

  Answer delete(Query parameters) {
    return with(
        parameters,
        (site, certificate) -> {
          certificates.remove(certificate);
          return new Success(on(site).put("Id", certificate.id()));
        });
  }

  /** Lets the CA look, then applies the operation to the certificate that the parameters name. */
  private Answer with(Query parameters, BiFunction<Site, EsaCertificate, Answer> answer) {
    return sites.with(
        parameters,
        site -> {
          var id = parameters.text("Id");
          if (id.isEmpty()) {
            return Refusals.missing("Id");
          }
          certificates.validate(site);
          return certificates
              .find(site, id.get())
              .map(certificate -> answer.apply(site, certificate))
              .orElse(Refusals.invalid("Id", "the id of a certificate of the site"));
        });
  }

  Answer list(Query parameters) {
    return sites.with(
        parameters,
        site ->
            Page.with(
                parameters,
                page -> {
                  var keyword = parameters.text("Keyword").orElse("").toLowerCase(Locale.ROOT);
                  var found =
                      of(site, parameters).stream()
                          .filter(certificate -> mentions(certificate, keyword))
                          .toList();
                  var fields = on(site);
                  fields.put("PageNumber", page.number()).put("PageSize", page.size());
                  fields.put("TotalCount", found.size());
                  var result = fields.putArray("Result");
                  page.of(found).forEach(certificate -> result.add(json.of(certificate)));
                  return new Success(fields);
                }));
  }

  private static boolean mentions(EsaCertificate certificate, String keyword) {
    return certificate.name().contains(keyword)
        || certificate.names().stream().anyMatch(name -> name.contains(keyword));
  }

  Answer listByRecord(Query parameters) {
    return sites.with(
        parameters,
        site -> {
          var records = parameters.text("RecordName");
          if (records.isEmpty()) {
            return Refusals.missing("RecordName");
          }
          boolean detail = parameters.text("Detail").map(Boolean::parseBoolean).orElse(false);
          var found = of(site, parameters);
          var fields = on(site);
          var result = fields.putArray("Result");
          Arrays.stream(records.get().split(","))
              .map(record -> record.strip().toLowerCase(Locale.ROOT))
              .forEach(record -> result.add(record(record, found, detail)));
          fields.put("TotalCount", result.size());
          return new Success(fields);
        });
  }

  private ObjectNode record(String record, List<EsaCertificate> all, boolean detail) {
    var covering = all.stream().filter(certificate -> certificate.covers(record)).toList();
    long applying = covering.stream().filter(EsaCertificate::applying).count();
    boolean configured = covering.stream().anyMatch(c -> c.valid(world.now()));
    var node = instance.objectNode().put("RecordName", record);
    node.put("Status", recordStatus(configured, applying > 0, !covering.isEmpty()));
    node.put("Count", covering.size()).put("ApplylingCount", applying);
    if (detail) {
      var details = node.putArray("Certificates");
      covering.forEach(certificate -> details.add(json.of(certificate)));
    }
    return node;
  }

  private static String recordStatus(boolean configured, boolean applying, boolean any) {
    if (configured) {
      return "configured";
    }
    if (applying) {
      return "applying";
    }
    return any ? "failed" : "none";
  }

  private List<EsaCertificate> of(Site site, Query parameters) {
    certificates.validate(site);
    boolean validOnly = parameters.text("ValidOnly").map(Boolean::parseBoolean).orElse(false);
    return certificates.all().stream()
        .filter(certificate -> certificate.siteId() == site.id())
        .filter(certificate -> !validOnly || certificate.valid(world.now()))
        .toList();
  }

  private static ObjectNode on(Site site) {
    return instance.objectNode().put("SiteId", site.id()).put("SiteName", site.name());
  }
}
