package dev.polycert.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the input of RequestCertificate and of the operations on tags. */
final class AcmRequests {
  static final Duration TOKENS_HOLD = Duration.ofHours(1);

  private static final int MOST_NAMES = 10;
  private static final int LONGEST_COMMON_NAME = 64;
  private static final int MOST_TAGS = 50;
  private static final Pattern TOKEN = Pattern.compile("\\w{1,32}");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

  private static final List<String> ALGORITHMS =
      List.of("RSA_2048", "EC_prime256v1", "EC_secp384r1");

  private static final List<String> METHODS = List.of("DNS", "EMAIL");

  private AcmRequests() {}

  /** The names, the main one first. */
  static List<String> names(ObjectNode body) {
    String domain = body.path("DomainName").asText("");
    Set<String> names = new LinkedHashSet<>(List.of(domain));
    body.path("SubjectAlternativeNames").valueStream().map(JsonNode::asText).forEach(names::add);
    if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new Refused("ValidationException", "A name is no domain name.");
    }
    if (domain.length() > LONGEST_COMMON_NAME) {
      throw new Refused("ValidationException", "The first domain name can be at most 64 octets.");
    }
    if (names.size() > MOST_NAMES) {
      throw new Refused("LimitExceededException", "At most " + MOST_NAMES + " names are allowed.");
    }
    return List.copyOf(names);
  }

  static String algorithm(ObjectNode body) {
    return oneOf(body, "KeyAlgorithm", "RSA_2048", ALGORITHMS);
  }

  static String method(ObjectNode body) {
    return oneOf(body, "ValidationMethod", "EMAIL", METHODS);
  }

  static boolean exportable(ObjectNode body) {
    JsonNode options = body.path("Options");
    return options instanceof ObjectNode given
        && oneOf(given, "Export", "DISABLED", List.of("ENABLED", "DISABLED")).equals("ENABLED");
  }

  private static String oneOf(ObjectNode body, String member, String left, List<String> values) {
    String value = body.path(member).asText(left);
    if (!values.contains(value)) {
      throw new Refused("ValidationException", member + " must be one of " + values + ".");
    }
    return value;
  }

  /** Empty for none. */
  static String token(ObjectNode body) {
    String token = body.path("IdempotencyToken").asText("");
    if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
      throw new Refused("ValidationException", "IdempotencyToken must match \\w+.");
    }
    return token;
  }

  /** Adds the tags of a request to those that are there. */
  static Map<String, String> tags(Map<String, String> before, ObjectNode body) {
    Map<String, String> tags = new LinkedHashMap<>(before);
    for (JsonNode tag : body.path("Tags")) {
      String key = tag.path("Key").asText("");
      if (!TAG.matcher(key).matches() || key.startsWith("aws:")) {
        throw new Refused("InvalidTagException", "The tag " + key + " is not valid.");
      }
      tags.put(key, tag.path("Value").asText(""));
    }
    if (tags.size() > MOST_TAGS) {
      throw new Refused("TooManyTagsException", "At most " + MOST_TAGS + " tags are allowed.");
    }
    return tags;
  }
}
