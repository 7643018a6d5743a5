package dev.polycert.whole.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes hostile input out of valid input; the same for the same random numbers. */
public final class Mutator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Texts that some reader somewhere has tripped over. */
  public static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "0",
          "-1",
          "1e999999999",
          "99999999999999999999",
          "NaN",
          "2026-02-30 25:61:61",
          "+999999999-12-31T23:59:59Z",
          "0000-00-00 00:00:00",
          "\u0000",
          "\r\nX-Injected: 1",
          "%00",
          "%s%n%x",
          "../../etc/passwd",
          "<script>",
          "${jndi:ldap://x}",
          "\ud800",
          "\u202e",
          "xn--",
          "*.",
          "*.*.example.com",
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
          "-----BEGIN PRIVATE KEY-----",
          "[]",
          "{\"a\":",
          "_dnsauth..example.com",
          "http://[::1",
          "a".repeat(70_000));

  private final RandomGenerator random;

  public Mutator(RandomGenerator random) {
    this.random = random;
  }

  /** A valid input, one with some of its values changed, or one that is not even JSON. */
  public byte[] mutate(byte[] valid) {
    int kind = random.nextInt(10);
    if (kind < 2) {
      return valid;
    }
    return kind < 8 ? values(valid) : bytes(valid);
  }

  /** One of them. */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** With some bytes changed, cut, doubled or put in between. */
  public byte[] bytes(byte[] valid) {
    byte[] changed = valid.clone();
    for (int i = 0; i <= random.nextInt(4) && changed.length > 0; i++) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = (byte) random.nextInt(256);
        case 1 -> changed = Arrays.copyOf(changed, at);
        case 2 -> changed = insert(changed, at, pick(TEXTS).getBytes(StandardCharsets.UTF_8));
        default -> changed = insert(changed, at, Arrays.copyOfRange(changed, at, changed.length));
      }
    }
    return changed;
  }

  private static byte[] insert(byte[] into, int at, byte[] what) {
    byte[] result = new byte[into.length + what.length];
    System.arraycopy(into, 0, result, 0, at);
    System.arraycopy(what, 0, result, at, what.length);
    System.arraycopy(into, at, result, at + what.length, into.length - at);
    return result;
  }

  private byte[] values(byte[] valid) {
    try {
      JsonNode root = JSON.readTree(valid);
      for (int i = 0; i <= random.nextInt(3); i++) {
        root = value(root);
      }
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException noJson) {
      return bytes(valid);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode value(JsonNode root) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    if (containers.isEmpty() || random.nextInt(50) == 0) {
      return anything(root);
    }
    switch (pick(containers)) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? pick(TEXTS) : pick(names);
        if (random.nextInt(4) == 0) {
          object.remove(name);
        } else {
          object.set(name, anything(object.path(name)));
        }
      }
      case ArrayNode array -> {
        int at = array.isEmpty() ? 0 : random.nextInt(array.size());
        switch (random.nextInt(3)) {
          case 0 -> array.insert(at, anything(NODES.nullNode()));
          case 1 -> array.removeAll();
          default -> array.addAll(array.deepCopy());
        }
      }
      default -> throw new IllegalStateException("no container");
    }
    return root;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private JsonNode anything(JsonNode instead) {
    return switch (random.nextInt(9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(random.nextInt(5) - 2);
      case 4 -> NODES.numberNode(random.nextDouble());
      case 5 -> NODES.objectNode().set("Result", instead.deepCopy());
      case 6 -> NODES.arrayNode().add(instead.deepCopy());
      default -> NODES.textNode(pick(TEXTS));
    };
  }
}
