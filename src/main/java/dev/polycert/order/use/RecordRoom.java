package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names the records of one request that cannot all be published, because nothing stands beside a
 * CNAME (RFC 1034, 3.6.2).
 */
final class RecordRoom {
  private static final String CNAME = "CNAME";

  private RecordRoom() {}

  /**
   * A record that an order wants.
   *
   * @param issued whether the certificate is there, for whose renewal a CNAME has to stay
   */
  private record Wanted(String name, String type, boolean issued) {

    boolean isAlias() {
      return type.equals(CNAME);
    }
  }

  /** The same entries, with a note at each whose record has no room. */
  static List<Apply.Entry> noted(List<Apply.Entry> entries) {
    Map<String, String> aliases = new HashMap<>();
    for (Apply.Entry entry : entries) {
      records(entry)
          .filter(Wanted::isAlias)
          .forEach(record -> aliases.putIfAbsent(record.name(), entry.provider()));
    }
    return aliases.isEmpty()
        ? entries
        : entries.stream().map(entry -> noted(entry, aliases)).toList();
  }

  private static Apply.Entry noted(Apply.Entry entry, Map<String, String> aliases) {
    return entry.noteAll(
        records(entry)
            .filter(record -> !record.issued() && !record.isAlias())
            .filter(record -> aliases.containsKey(record.name()))
            .map(record -> note(record, aliases))
            .distinct()
            .toList());
  }

  private static String note(Wanted record, Map<String, String> aliases) {
    return "%s: DNS has no room for this %s record beside the CNAME that %s asks for; have one of the two validated by FILE, or leave one of them out"
        .formatted(record.name(), record.type(), aliases.get(record.name()));
  }

  private static Stream<Wanted> records(Apply.Entry entry) {
    Order order = entry.order();
    return order == null || order.state().ended()
        ? Stream.empty()
        : order.validations().stream().flatMap(it -> record(it, order).stream());
  }

  private static Optional<Wanted> record(Validation validation, Order order) {
    String name = validation.recordName();
    String type = validation.recordType();
    return name == null || type == null
        ? Optional.empty()
        : Optional.of(new Wanted(name, type, order.state() == OrderState.ISSUED));
  }
}
