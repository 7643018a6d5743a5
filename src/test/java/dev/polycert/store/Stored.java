package dev.polycert.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.store.dynamodb.TestDynamoStore;
import dev.polycert.store.embedded.TestOrderBook;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.vault.VaultStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What an earlier version has written, in a copy of its own, and what that version made of it. */
record Stored(OrderBook book, VaultStore vault, Portable portable, Runnable end)
    implements AutoCloseable {
  private static final OrderJson JSON = new OrderJson();
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNode EXPECTED = resource("orders.json");

  /** Where it is kept. */
  enum Place {
    EMBEDDED {
      @Override
      Stored open(Path directory) {
        Path file = directory.resolve("orders.mv");
        try (InputStream in = stream("orders.mv")) {
          Files.copy(in, file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        TestOrderBook opened = TestOrderBook.open(file);
        return new Stored(opened.book(), opened.vault(), opened.portable(), opened::close);
      }
    },
    DYNAMODB {
      @Override
      Stored open(Path directory) {
        DynamoDbAsyncClient client = DynamoDbLocal.client();
        TestDynamoStore loaded = TestDynamoStore.load(client, resource("dynamodb.json"));
        return new Stored(
            loaded.book(), loaded.vault(), loaded.portable(Clock.systemUTC()), client::close);
      }
    };

    /** Opens a copy, of which the file is in that directory. */
    abstract Stored open(Path directory);
  }

  /**
   * An order as that version left it, in the order of creation.
   *
   * @param stored its JSON in the book, as it is written now
   * @param answer the body of {@code GET /orders/<id>}
   */
  record Expected(JsonNode stored, JsonNode answer) {

    OrderId id() {
      return new OrderId(text("id"));
    }

    String text(String member) {
      return stored.path(member).asText();
    }

    boolean ended() {
      return List.of("EXPIRED", "REVOKED", "FAILED", "CANCELLED").contains(text("state"));
    }

    @Override
    public String toString() {
      return text("provider") + " " + text("domain") + " " + text("state") + " " + text("id");
    }
  }

  static List<Expected> orders() {
    List<Expected> orders = new ArrayList<>();
    EXPECTED
        .path("orders")
        .forEach(node -> orders.add(new Expected(now(node.path("stored")), node.path("answer"))));
    return orders;
  }

  /**
   * The JSON of an order as it is written now: whether an issued one was announced followed from
   * its attempts in that version, and is a member of its own since.
   */
  private static JsonNode now(JsonNode stored) {
    boolean announced =
        stored.path("state").asText().equals("ISSUED") && stored.path("attempts").asInt() > 0;
    return announced ? ((ObjectNode) stored.deepCopy()).put("announced", true) : stored;
  }

  /** The names of the vault, and the SHA-256 of what is sealed there. */
  static Map<String, String> digests() {
    return texts("vault");
  }

  /** What is reserved, and the order that has it. */
  static Map<String, String> reservations() {
    return texts("reservations");
  }

  private static Map<String, String> texts(String member) {
    Map<String, String> texts = new TreeMap<>();
    EXPECTED
        .path(member)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** An order as the book would write it. */
  static JsonNode json(Order order) {
    try {
      return MAPPER.readTree(JSON.write(order));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode resource(String name) {
    try (InputStream in = stream(name)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream stream(String name) {
    return Objects.requireNonNull(Stored.class.getResourceAsStream("/stored/" + name), name);
  }

  @Override
  public void close() {
    end.run();
  }
}
