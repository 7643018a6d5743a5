package dev.polycert.sandbox.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ACM's operations on the certificates of one account. */
final class AcmCertificates {
  /** "ACM waits up to 72 hours for a validation." */
  static final Duration VALIDATION = Duration.ofHours(72);

  private static final Duration TOKENS_HOLD = Duration.ofHours(1);
  private static final Duration LIFETIME = Duration.ofDays(198);
  private static final int MOST_NAMES = 10;
  private static final Pattern TOKEN = Pattern.compile("\\w{1,32}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws:acm:[a-z0-9-]+:\\d{12}:certificate/[0-9a-f-]+");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

  private static final List<String> REQUESTABLE =
      List.of("RSA_2048", "EC_prime256v1", "EC_secp384r1");

  /** Those that a list shows which asks for no others. */
  private static final Set<String> LISTED_UNASKED = Set.of("RSA_1024", "RSA_2048");

  private final World world;
  private final Map<String, AcmCertificate> byArn = new LinkedHashMap<>();
  private final Map<String, AcmCertificate> byToken = new LinkedHashMap<>();

  AcmCertificates(World world) {
    this.world = world;
    world.onReset(
        () -> {
          byArn.clear();
          byToken.clear();
        });
  }

  ObjectNode call(String operation, String region, ObjectNode body) {
    return switch (operation) {
      case "RequestCertificate" -> request(region, body);
      case "DescribeCertificate" -> describe(known(region, body));
      case "ListCertificates" -> list(region, body);
      case "GetCertificate" -> get(known(region, body));
      case "ImportCertificate" -> importOne(region, body);
      case "ExportCertificate" -> export(known(region, body), body);
      case "DeleteCertificate" -> delete(known(region, body));
      default -> throw new IllegalStateException("no operation behind " + operation);
    };
  }

  boolean use(String arn, String by) {
    AcmCertificate used = byArn.get(arn);
    return used != null && used.inUseBy.add(by);
  }

  private ObjectNode request(String region, ObjectNode body) {
    Set<String> names = new LinkedHashSet<>(List.of(body.path("DomainName").asText("")));
    body.path("SubjectAlternativeNames").valueStream().map(JsonNode::asText).forEach(names::add);
    String algorithm = body.path("KeyAlgorithm").asText("RSA_2048");
    String token = body.path("IdempotencyToken").asText("");
    if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new Refused("ValidationException", "A name is no domain name.");
    }
    if (names.size() > MOST_NAMES) {
      throw new Refused("LimitExceededException", "At most " + MOST_NAMES + " names are allowed.");
    }
    if (!REQUESTABLE.contains(algorithm) || !(token.isEmpty() || TOKEN.matcher(token).matches())) {
      throw new Refused("ValidationException", "KeyAlgorithm or IdempotencyToken is invalid.");
    }
    String key = token.isEmpty() ? "" : region + body;
    AcmCertificate before = byToken.get(key);
    if (before != null
        && byArn.containsKey(before.arn)
        && before.created.plus(TOKENS_HOLD).isAfter(world.now())) {
      return arn(before);
    }
    AcmCertificate made =
        new AcmCertificate(
            newArn(region),
            List.copyOf(names),
            algorithm,
            false,
            body.at("/Options/Export").asText("").equals("ENABLED"),
            world.now());
    byArn.put(made.arn, made);
    if (!key.isEmpty()) {
      byToken.put(key, made);
    }
    world.ledger("aws-acm", "RequestCertificate", made.names.getFirst(), made.arn);
    return arn(made);
  }

  private String newArn(String region) {
    return "arn:aws:acm:%s:123456789012:certificate/%s".formatted(region, world.requestId());
  }

  private static ObjectNode arn(AcmCertificate certificate) {
    return object().put("CertificateArn", certificate.arn);
  }

  /** The record of a name is the same for all certificates of an account. */
  private static ObjectNode record(String name) {
    String base = base(name);
    return object()
        .put("Name", "_%s.%s.".formatted(Digests.sha256("name " + base).substring(0, 32), base))
        .put("Type", "CNAME")
        .put(
            "Value",
            "_%s.fakezone.acm-validations.aws."
                .formatted(Digests.sha256("value " + base).substring(0, 32)));
  }

  private static String base(String name) {
    return name.replaceFirst("^\\*\\.", "");
  }

  private boolean isValidated(String name) {
    ObjectNode record = record(name);
    String wanted = record.path("Value").asText().replaceFirst("\\.$", "");
    return world.dns(record.path("Name").asText().replaceFirst("\\.$", ""), "CNAME").stream()
        .anyMatch(value -> value.replaceFirst("\\.$", "").equalsIgnoreCase(wanted));
  }

  /** Issues it when all its names are validated. */
  private void proceed(AcmCertificate certificate) {
    boolean open = certificate.status(world.now()).equals("PENDING_VALIDATION");
    if (open && certificate.names.stream().allMatch(this::isValidated)) {
      World.KeyKind kind =
          certificate.keyAlgorithm.startsWith("EC")
              ? World.KeyKind.EC_P256
              : World.KeyKind.RSA_2048;
      World.Issued issued = world.issue(certificate.names, LIFETIME, kind);
      certificate.hold(
          issued.certificatePem(),
          issued.chainPem(),
          issued.keys() == null ? "" : Pem.encode(issued.keys().getPrivate()),
          world.now());
    }
  }

  private ObjectNode describe(AcmCertificate certificate) {
    proceed(certificate);
    ObjectNode answer = object();
    ObjectNode shown =
        answer
            .putObject("Certificate")
            .put("CertificateArn", certificate.arn)
            .put("DomainName", certificate.names.getFirst())
            .put("Status", certificate.status(world.now()))
            .put("Type", certificate.imported ? "IMPORTED" : "AMAZON_ISSUED")
            .put("KeyAlgorithm", certificate.keyAlgorithm)
            .put("CreatedAt", seconds(certificate.created))
            .put("RenewalEligibility", certificate.inUseBy.isEmpty() ? "INELIGIBLE" : "ELIGIBLE");
    shown.putObject("Options").put("Export", certificate.exportable ? "ENABLED" : "DISABLED");
    certificate.names.forEach(shown.withArray("SubjectAlternativeNames")::add);
    certificate.inUseBy.forEach(shown.putArray("InUseBy")::add);
    if (!certificate.imported) {
      ArrayNode options = shown.putArray("DomainValidationOptions");
      certificate.names.forEach(name -> validation(options.addObject(), name, certificate));
    }
    if (certificate.issued != null) {
      X509Certificate x509 = certificate.x509();
      shown
          .put("IssuedAt", seconds(certificate.issued))
          .put("NotBefore", seconds(x509.getNotBefore().toInstant()))
          .put("NotAfter", seconds(x509.getNotAfter().toInstant()))
          .put("Serial", x509.getSerialNumber().toString(16))
          .put("Subject", x509.getSubjectX500Principal().getName())
          .put("Issuer", x509.getIssuerX500Principal().getName());
    }
    certificate.described = true;
    return answer;
  }

  private void validation(ObjectNode option, String name, AcmCertificate certificate) {
    option
        .put("DomainName", name)
        .put("ValidationDomain", name)
        .put("ValidationMethod", "DNS")
        .put(
            "ValidationStatus",
            certificate.issued != null || isValidated(name) ? "SUCCESS" : "PENDING_VALIDATION");
    if (certificate.described) {
      option.set("ResourceRecord", record(name));
    }
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }

  private ObjectNode list(String region, ObjectNode body) {
    int most = body.path("MaxItems").asInt(1000);
    Set<String> types = texts(body.at("/Includes/keyTypes"));
    Set<String> keys = types.isEmpty() ? LISTED_UNASKED : types;
    Set<String> statuses = texts(body.path("CertificateStatuses"));
    List<AcmCertificate> fitting =
        byArn.values().stream()
            .filter(it -> it.arn.contains(":" + region + ":") && keys.contains(it.keyAlgorithm))
            .filter(it -> statuses.isEmpty() || statuses.contains(it.status(world.now())))
            .toList();
    int from = token(body.path("NextToken").asText(""), fitting.size());
    ObjectNode answer = object();
    ArrayNode shown = answer.putArray("CertificateSummaryList");
    fitting.stream().skip(from).limit(most).forEach(it -> summary(shown.addObject(), it));
    if (from + most < fitting.size()) {
      answer.put("NextToken", "from-" + (from + most));
    }
    return answer;
  }

  private static int token(String text, int size) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("from-\\d{1,6}") || Integer.parseInt(text.substring(5)) > size) {
      throw new Refused("ValidationException", "NextToken is invalid.");
    }
    return Integer.parseInt(text.substring(5));
  }

  private static Set<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }

  private void summary(ObjectNode summary, AcmCertificate certificate) {
    summary
        .put("CertificateArn", certificate.arn)
        .put("DomainName", certificate.names.getFirst())
        .put("Status", certificate.status(world.now()))
        .put("Type", certificate.imported ? "IMPORTED" : "AMAZON_ISSUED")
        .put("KeyAlgorithm", certificate.keyAlgorithm)
        .put("InUse", !certificate.inUseBy.isEmpty())
        .put("CreatedAt", seconds(certificate.created));
    if (certificate.issued != null) {
      summary.put("NotAfter", seconds(certificate.x509().getNotAfter().toInstant()));
      summary.put(certificate.imported ? "ImportedAt" : "IssuedAt", seconds(certificate.issued));
    }
  }

  private ObjectNode get(AcmCertificate certificate) {
    proceed(certificate);
    if (certificate.issued == null) {
      throw new Refused("RequestInProgressException", "The certificate is not issued yet.");
    }
    return object()
        .put("Certificate", certificate.certificate)
        .put("CertificateChain", certificate.chain);
  }

  private ObjectNode importOne(String region, ObjectNode body) {
    String certificate = blob(body, "Certificate");
    String key = blob(body, "PrivateKey");
    X509Certificate x509;
    try {
      x509 = Pem.certificate(certificate);
    } catch (CertificateException unreadable) {
      throw new Refused("ValidationException", "The certificate is not valid PEM.");
    }
    if (Pem.privateKey(key).filter(it -> Pem.belongs(it, x509)).isEmpty()) {
      throw new Refused("ValidationException", "The private key does not match.");
    }
    String algorithm = AcmCertificate.algorithm(x509);
    AcmCertificate there;
    if (body.has("CertificateArn")) {
      there = known(region, body);
      if (!there.imported || !there.keyAlgorithm.equals(algorithm)) {
        throw new Refused("ValidationException", "It cannot take the place of " + there.arn + ".");
      }
    } else {
      there = new AcmCertificate(newArn(region), names(x509), algorithm, true, false, world.now());
      byArn.put(there.arn, there);
    }
    there.hold(certificate, blob(body, "CertificateChain"), key, world.now());
    return arn(there);
  }

  private static List<String> names(X509Certificate x509) {
    try {
      return Pem.names(x509);
    } catch (CertificateException unreadable) {
      throw new Refused("ValidationException", "The certificate is not valid.");
    }
  }

  private static String blob(ObjectNode body, String member) {
    try {
      return new String(Base64.getDecoder().decode(body.path(member).asText("")), UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new Refused("SerializationException", member + " is no base64.");
    }
  }

  private ObjectNode export(AcmCertificate certificate, ObjectNode body) {
    if (!certificate.exportable) {
      throw new Refused("ValidationException", "The certificate is not exportable.");
    }
    ObjectNode answer = get(certificate);
    String passphrase = blob(body, "Passphrase");
    if (passphrase.length() < 4) {
      throw new Refused("ValidationException", "The passphrase is too short.");
    }
    PrivateKey key = Pem.privateKey(certificate.privateKey).orElseThrow();
    return answer.put("PrivateKey", Pem.encrypted(key, passphrase.toCharArray()));
  }

  private ObjectNode delete(AcmCertificate certificate) {
    if (!certificate.inUseBy.isEmpty()) {
      throw new Refused("ResourceInUseException", "Certificate " + certificate.arn + " is in use.");
    }
    byArn.remove(certificate.arn);
    return object();
  }

  private AcmCertificate known(String region, ObjectNode body) {
    String arn = body.path("CertificateArn").asText("");
    if (!ARN.matcher(arn).matches()) {
      throw new Refused("InvalidArnException", "Invalid ARN.");
    }
    AcmCertificate certificate = byArn.get(arn);
    if (certificate == null || !arn.contains(":" + region + ":")) {
      throw new Refused("ResourceNotFoundException", "Could not find certificate " + arn + ".");
    }
    return certificate;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
