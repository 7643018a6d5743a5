package dev.polycert.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.call.VendorError;
import dev.polycert.order.ApiKey;
import dev.polycert.order.Delivery;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Identity;
import dev.polycert.order.Intent;
import dev.polycert.order.Issuance;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.OwnRecords;
import dev.polycert.order.Placement;
import dev.polycert.order.Publication;
import dev.polycert.order.PullKey;
import dev.polycert.order.Report;
import dev.polycert.order.Revision;
import dev.polycert.order.Schedule;
import dev.polycert.order.Scope;
import dev.polycert.order.Served;
import dev.polycert.order.Transition;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads orders as JSON, as the order books store them.
 *
 * <p>It has its own mapper, so that no setting for the API's answers changes the stored form. While
 * processes are replaced one by one, a version reads the book of the next one: it keeps members of
 * an order that it does not know, and ignores them in all that orders contain.
 */
@RegisterForReflection(
    targets = {
      Order.class,
      Identity.class,
      OrderId.class,
      Revision.class,
      Placement.class,
      Report.class,
      Issuance.class,
      Schedule.class,
      Intent.class,
      OwnRecords.class,
      HistoryEntry.class,
      Terms.class,
      Information.class,
      Information.Organization.class,
      Information.Person.class,
      Reference.class,
      Validation.class,
      CertificateFacts.class,
      VendorError.class,
      RenewalWindow.class,
      Publication.class,
      Delivery.class,
      Delivery.Progress.class,
      DeliveryTarget.class,
      PullKey.class,
      ApiKey.class,
      Scope.class,
      Served.class,
      Transition.class
    })
public final class OrderJson {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // A list that most orders leave empty is not written.
          .withConfigOverride(
              List.class,
              override -> override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  /** The members of an order that this version knows. */
  private final Set<String> members = members(Order.class);

  private Set<String> members(Class<?> type) {
    Set<String> members = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        members.addAll(members(component.getType()));
      } else {
        members.add(component.getName());
      }
    }
    return members;
  }

  /** Writes an order, an entry of its history, or another record of the book. */
  public byte[] write(Record value) {
    try {
      return value instanceof Order order && !order.revision().others().isEmpty()
          ? writeWithOthers(order)
          : mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the record of a key. */
  public byte[] write(KeyRecord key) {
    return write((Record) key);
  }

  /** Reads the record of a key. */
  public <K extends KeyRecord> K key(byte[] json, Class<K> kind) {
    return kind.cast(read(json, kind.asSubclass(Record.class)));
  }

  private byte[] writeWithOthers(Order order) throws JsonProcessingException {
    ObjectNode tree = mapper.valueToTree(order);
    for (Map.Entry<String, String> other : order.revision().others().entrySet()) {
      tree.set(other.getKey(), mapper.readTree(other.getValue()));
    }
    return mapper.writeValueAsBytes(tree);
  }

  private Map<String, String> others(byte[] json) throws IOException {
    Map<String, String> others = new HashMap<>();
    try (JsonParser parser = mapper.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (members.contains(name)) {
          parser.skipChildren();
        } else {
          others.put(name, mapper.readTree(parser).toString());
        }
      }
    }
    return others;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UncheckedIOException when it is something else
   */
  public <T extends Record> T read(byte[] json, Class<T> type) {
    try {
      T value = mapper.readValue(json, type);
      if (value == null) {
        throw new IOException("null is no " + type.getSimpleName());
      }
      return value instanceof Order order
          ? type.cast(announced(order.withOthers(others(json))))
          : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the entry that a record of the order adds to its history. The state before is left out,
   * because the entry before contains it, so a book need not read the order to write an entry.
   */
  public byte[] entry(Order order, String why, @Nullable String requestId) {
    return write(
        new HistoryEntry(
            order.version(),
            order.updatedAt(),
            null,
            order.state(),
            why,
            requestId,
            order.revision().by()));
  }

  /** Reads a whole history of such entries, the oldest first. */
  public List<HistoryEntry> history(List<byte[]> entries) {
    List<HistoryEntry> history = new ArrayList<>();
    OrderState from = null;
    for (byte[] json : entries) {
      HistoryEntry entry = read(json, HistoryEntry.class);
      history.add(
          new HistoryEntry(
              entry.version(),
              entry.at(),
              from,
              entry.to(),
              entry.why(),
              entry.requestId(),
              entry.by()));
      from = entry.to();
    }
    return history;
  }

  /**
   * In orders of earlier versions, which lack the member, an issued order that was announced has an
   * attempt.
   */
  private static Order announced(Order order) {
    return order.schedule().attempts() > 0 ? order.asAnnounced() : order;
  }
}
