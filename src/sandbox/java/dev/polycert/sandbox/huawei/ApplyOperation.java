package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Csr;
import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * ApplyCertificate of v3 and {@code …/complete} of v2: one operation with two lists of mandatory
 * fields.
 */
final class ApplyOperation {
  private static final Pattern APPLICANT = Pattern.compile("[\\p{IsHan}A-Za-z_\\-,.]*");
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
  private static final List<String> ORGANISATION =
      List.of("company_name", "company_province", "company_city", "country");
  private static final int SHORT = 63;

  private final World world;
  private final Certificates certificates;

  ApplyOperation(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  /** The version of the API that was called. */
  enum Edition {
    V2,
    V3
  }

  ScmAnswer apply(Edition edition, String id, BodyCheck body) {
    return certificates.with(
        id,
        certificate -> {
          var application = read(edition, certificate.purchase(), body);
          if (body.refusal().isPresent()) {
            return body.refusal().get();
          }
          if (certificate.stage() != Status.PAID) {
            return Refusals.status(certificate.status(world.now()));
          }
          certificates.put(certificate.applied(application, world.now()));
          world.ledger(ScmEmulator.PROVIDER, "ApplyCertificate", application.domain(), id);
          return Success.of("request_info", "success");
        });
  }

  private Application read(Edition edition, Purchase purchase, BodyCheck body) {
    body.requireConsent();
    var domain = body.mandatoryText("domain", 255).toLowerCase(Locale.ROOT);
    var information = information(edition, purchase, body);
    var sans =
        Arrays.stream(body.text("sans", 4096).toLowerCase(Locale.ROOT).split(";"))
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equals(domain))
            .distinct()
            .toList();
    checkDomains(purchase, domain, sans, body);
    var csr = Optional.of(body.text("csr", 5120)).filter(text -> !text.isEmpty());
    csr.ifPresent(
        pem -> body.require(Csr.isFor(pem, domain), "csr", "a PKCS#10 request for the domain"));
    return new Application(
        domain,
        sans,
        information,
        csr.orElse(null),
        body.choice("key_algorithm", "RSA_2048", List.of("RSA_2048", "EC_P256")).equals("EC_P256")
            ? KeyKind.EC_P256
            : KeyKind.RSA_2048,
        body.flag("auto_dns_auth"),
        method(body),
        List.of(),
        null);
  }

  /** Files are for certificates of IP addresses only, which are not emulated. */
  private static String method(BodyCheck body) {
    var method = body.text("domain_method", SHORT).toUpperCase(Locale.ROOT);
    body.require(
        List.of("", "DNS", "EMAIL").contains(method),
        "domain_method",
        "DNS or EMAIL; FILE is for certificates of IP addresses only");
    return method.isEmpty() ? "DNS" : method;
  }

  private static ObjectNode information(Edition edition, Purchase purchase, BodyCheck body) {
    var information = JsonNodeFactory.instance.objectNode();
    boolean organisation = edition == Edition.V2 || purchase.namesOrganisation();
    for (var field : ORGANISATION) {
      put(information, field, organisation ? mandatory(body, field) : body.text(field, SHORT));
    }
    var country = information.path("country").asText();
    body.require(country.isEmpty() || COUNTRY.matcher(country).matches(), "country", "two letters");
    for (var field : List.of("applicant_name", "applicant_phone", "applicant_email")) {
      put(information, field, body.mandatoryText(field, 100));
    }
    if (edition == Edition.V3) {
      checkApplicant(information.path("applicant_name").asText(), body);
    }
    for (var field : List.of("company_unit", "contact_name", "contact_phone", "contact_email")) {
      put(information, field, body.text(field, SHORT));
    }
    if (purchase.brand().equals("GEOTRUST") && purchase.type().startsWith("OV_")) {
      var hash = body.mandatoryText("ca_hash_algorithm", SHORT);
      body.require(
          List.of("DEFAULT", "SHA-256").contains(hash), "ca_hash_algorithm", "DEFAULT or SHA-256");
    }
    return information;
  }

  private static String mandatory(BodyCheck body, String field) {
    return body.mandatoryText(field, SHORT);
  }

  private static void put(ObjectNode information, String field, String value) {
    if (!value.isEmpty()) {
      information.put(field, value);
    }
  }

  private static void checkApplicant(String name, BodyCheck body) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    body.require(
        APPLICANT.matcher(name).matches() && bytes >= 4 && bytes <= 100,
        "applicant_name",
        "4 to 100 bytes of Chinese or English letters, underscores, hyphens, commas and full"
            + " stops");
  }

  private static void checkDomains(
      Purchase purchase, String domain, List<String> sans, BodyCheck body) {
    boolean wildcard = purchase.domainType() == DomainType.WILDCARD;
    boolean multi = purchase.domainType() == DomainType.MULTI_DOMAIN;
    body.require(
        DomainNames.valid(domain) && sans.stream().allMatch(DomainNames::valid),
        Refusals.domains("a name is no domain name"));
    body.require(
        multi || DomainNames.wildcard(domain) == wildcard,
        Refusals.domains(wildcard ? "it is for a wildcard" : "it is for a single domain"));
    body.require(
        1 + sans.size() <= purchase.domains(),
        Refusals.domains("it holds " + purchase.domains() + " in all"));
  }
}
