package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The members of orders that a caller chooses for a list. */
final class OrderFields {
  /** The members of {@link OrderView}. */
  static final List<String> MEMBERS =
      List.of(
          "id",
          "domain",
          "unicode",
          "provider",
          "account",
          "label",
          "generation",
          "renewalOf",
          "version",
          "state",
          "validation",
          "keyAlgorithm",
          "options",
          "information",
          "csrGiven",
          "keyPasswordGiven",
          "reference",
          "validations",
          "certificate",
          "vendorStatus",
          "message",
          "error",
          "createdAt",
          "updatedAt",
          "appliedAt",
          "nextStepAt",
          "deadline",
          "watched",
          "suggestedRenewal",
          "publications",
          "deliveries",
          "delivered",
          "served");

  /** Nested members that fit into a column of a table. */
  static final List<String> INNER =
      List.of(
          "certificate.commonName",
          "certificate.names",
          "certificate.issuer",
          "certificate.serialNumber",
          "certificate.fingerprint",
          "certificate.keyAlgorithm",
          "certificate.notBefore",
          "certificate.notAfter",
          "error.class",
          "error.code",
          "error.message",
          "error.requestId",
          "error.retryable",
          "served.everywhere",
          "served.lookedAt");

  private static final List<String> ALL = Stream.of(MEMBERS, INNER).flatMap(List::stream).toList();

  /** The columns of a table, where the caller chooses none. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "domain",
          "provider",
          "account",
          "label",
          "generation",
          "state",
          "certificate.notAfter",
          "certificate.issuer",
          "delivered",
          "served.everywhere",
          "nextStepAt",
          "deadline",
          "error.class",
          "error.code",
          "error.message",
          "message",
          "createdAt",
          "updatedAt");

  private OrderFields() {}

  /** Reads the member {@code fields}, names with commas between them; null when left out. */
  static @Nullable List<String> read(Fields fields) {
    String text = fields.text("fields");
    if (text == null) {
      return null;
    }
    List<String> chosen = new ArrayList<>();
    for (String given : text.split(",", -1)) {
      String name = given.strip();
      if (!ALL.contains(name)) {
        fields.error(
            "fields",
            "an order has no member %s; %s".formatted(Fields.quote(name), Nearest.hint(name, ALL)));
      } else if (chosen.contains(name)) {
        fields.error("fields", "names %s more than once".formatted(name));
      } else {
        chosen.add(name);
      }
    }
    return chosen;
  }

  /** An order with these members alone; it lacks those that the whole order lacks too. */
  static ObjectNode pick(JsonNode order, List<String> chosen) {
    ObjectNode picked = JsonNodeFactory.instance.objectNode();
    for (String name : chosen) {
      String[] path = name.split("\\.", 2);
      JsonNode member = order.path(path[0]);
      if (path.length == 1) {
        put(picked, name, member);
      } else if (member.has(path[1])) {
        ObjectNode around =
            picked.get(path[0]) instanceof ObjectNode there ? there : picked.putObject(path[0]);
        around.set(path[1], member.get(path[1]));
      }
    }
    return picked;
  }

  private static void put(ObjectNode picked, String name, JsonNode member) {
    if (!member.isMissingNode()) {
      picked.set(name, member);
    }
  }
}
