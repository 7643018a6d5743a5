package dev.polycert.sandbox.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ACM's operations on the certificates of one account. */
final class AcmCertificates {
  private static final Pattern ARN =
      Pattern.compile("arn:aws:acm:[a-z0-9-]+:\\d{12}:certificate/[0-9a-f-]+");

  /** Those that a list shows which asks for no others. */
  private static final Set<String> LISTED_UNASKED = Set.of("RSA_1024", "RSA_2048");

  private final World world;
  private final AcmValidations validations;
  private final AcmDescriptions descriptions;
  private final Map<String, AcmCertificate> byArn = new LinkedHashMap<>();
  private final Map<String, AcmCertificate> byToken = new LinkedHashMap<>();

  AcmCertificates(World world) {
    this.world = world;
    validations = new AcmValidations(world);
    descriptions = new AcmDescriptions(world, validations);
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
      case "ListTagsForCertificate" -> listTags(known(region, body));
      case "AddTagsToCertificate" -> addTags(known(region, body), body);
      case "RemoveTagsFromCertificate" -> removeTags(known(region, body), body);
      default -> throw new IllegalStateException("no operation behind " + operation);
    };
  }

  boolean use(String arn, String by) {
    AcmCertificate used = byArn.get(arn);
    return used != null && used.inUseBy.add(by);
  }

  /** Lets the open certificates of a domain fail, and returns their number. */
  int fail(String domain, String reason) {
    List<AcmCertificate> open =
        byArn.values().stream()
            .filter(it -> it.names.getFirst().equals(domain))
            .filter(it -> it.status(world.now()).equals("PENDING_VALIDATION"))
            .toList();
    open.forEach(it -> it.failure = reason);
    return open.size();
  }

  /** Revokes, as AWS does on its own account. */
  boolean revoke(String arn) {
    AcmCertificate certificate = byArn.get(arn);
    if (certificate != null) {
      certificate.revoked = world.now();
    }
    return certificate != null;
  }

  private ObjectNode request(String region, ObjectNode body) {
    List<String> names = AcmRequests.names(body);
    String algorithm = AcmRequests.algorithm(body);
    String method = AcmRequests.method(body);
    boolean exportable = AcmRequests.exportable(body);
    String token = AcmRequests.token(body);
    Map<String, String> tags = AcmRequests.tags(Map.of(), body);
    // A token that comes with another request is not the same one.
    String key = token.isEmpty() ? "" : region + body;
    AcmCertificate before = byToken.get(key);
    if (before != null
        && byArn.containsKey(before.arn)
        && before.created.plus(AcmRequests.TOKENS_HOLD).isAfter(world.now())) {
      return arn(before);
    }
    if (byArn.values().stream().filter(it -> !it.imported()).count()
        >= world.quota(AcmEmulator.PROVIDER)) {
      throw new Refused("LimitExceededException", "The quota of certificates is used up.");
    }
    AcmCertificate made =
        new AcmCertificate(newArn(region), names, algorithm, method, exportable, world.now());
    made.tags.putAll(tags);
    byArn.put(made.arn, made);
    if (!key.isEmpty()) {
      byToken.put(key, made);
    }
    world.ledger(AcmEmulator.PROVIDER, "RequestCertificate", names.getFirst(), made.arn);
    return arn(made);
  }

  private String newArn(String region) {
    return "arn:aws:acm:%s:123456789012:certificate/%s".formatted(region, world.requestId());
  }

  private static ObjectNode arn(AcmCertificate certificate) {
    return object().put("CertificateArn", certificate.arn);
  }

  private ObjectNode describe(AcmCertificate certificate) {
    validations.proceed(certificate);
    ObjectNode answer = object();
    descriptions.describe(certificate, answer.putObject("Certificate"));
    return answer;
  }

  private static ObjectNode listTags(AcmCertificate certificate) {
    ObjectNode answer = object();
    ArrayNode tags = answer.putArray("Tags");
    certificate.tags.forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return answer;
  }

  private static ObjectNode addTags(AcmCertificate certificate, ObjectNode body) {
    certificate.tags.putAll(AcmRequests.tags(certificate.tags, body));
    return object();
  }

  private static ObjectNode removeTags(AcmCertificate certificate, ObjectNode body) {
    body.path("Tags").forEach(tag -> certificate.tags.remove(tag.path("Key").asText("")));
    return object();
  }

  private ObjectNode list(String region, ObjectNode body) {
    int most = body.path("MaxItems").asInt(1000);
    Set<String> types = texts(body.at("/Includes/keyTypes"));
    Set<String> keys = types.isEmpty() ? LISTED_UNASKED : types;
    Set<String> statuses = texts(body.path("CertificateStatuses"));
    byArn.values().forEach(validations::proceed);
    List<AcmCertificate> fitting =
        byArn.values().stream()
            .filter(it -> it.arn.contains(":" + region + ":") && keys.contains(it.keyAlgorithm))
            .filter(it -> statuses.isEmpty() || statuses.contains(it.status(world.now())))
            .toList();
    int from = token(body.path("NextToken").asText(""), fitting.size());
    ObjectNode answer = object();
    ArrayNode shown = answer.putArray("CertificateSummaryList");
    fitting.stream()
        .skip(from)
        .limit(most)
        .forEach(it -> descriptions.summary(it, shown.addObject()));
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

  private ObjectNode get(AcmCertificate certificate) {
    validations.proceed(certificate);
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
      if (!there.imported() || !there.keyAlgorithm.equals(algorithm)) {
        throw new Refused("ValidationException", "It cannot take the place of " + there.arn + ".");
      }
    } else {
      there = new AcmCertificate(newArn(region), names(x509), algorithm, null, false, world.now());
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
    if (passphrase.length() < 4 || passphrase.length() > 128) {
      throw new Refused("ValidationException", "The passphrase has 4 to 128 characters.");
    }
    PrivateKey key = Pem.privateKey(certificate.privateKey).orElseThrow();
    certificate.exported = true;
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
