package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.provider.Terms;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member of a request that the order which serves the domain already was not asked for.
 *
 * @param field the member's path in the request
 * @param asked what the request asks for
 * @param has what the order has; null where it has nothing
 */
@RegisterForReflection
public record Difference(String field, String asked, @Nullable String has) {
  private static final String CSR = "information.csr";

  /** The members of a request that differ from those the order was made with. */
  static List<Difference> of(Apply.Command command, Order order) {
    Terms has = order.terms();
    Map<String, String> asked = new TreeMap<>();
    Map<String, String> had = new TreeMap<>(has.information().members("information"));
    asked.putAll(command.information().members("information"));
    if (command.validation() != null) {
      asked.put("validation", command.validation().name());
    }
    had.put("validation", has.validation().name());
    if (command.keyAlgorithm() != null) {
      asked.put("keyAlgorithm", command.keyAlgorithm().name());
    }
    had.put("keyAlgorithm", has.keyAlgorithm().name());
    String path = "providerOptions." + order.provider() + ".";
    command
        .providerOptions()
        .getOrDefault(order.provider(), Map.of())
        .forEach((name, value) -> asked.put(path + name, value));
    has.options().forEach((name, value) -> had.put(path + name, value));
    List<Difference> differences = new ArrayList<>();
    asked.forEach(
        (field, value) -> {
          String before = had.get(field);
          if (!Objects.equals(value, before)) {
            differences.add(of(field, value, before));
          }
        });
    return differences;
  }

  /** The full text of a CSR would say less to people than that it is another one. */
  private static Difference of(String field, String asked, @Nullable String has) {
    return field.equals(CSR)
        ? new Difference(field, "another request", has == null ? null : "a request")
        : new Difference(field, asked, has);
  }

  /** Whether a certificate would be another one; the applicant's data alone do not change it. */
  boolean changesCertificate() {
    return field.equals(CSR) || !field.startsWith("information.");
  }
}
