package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.Terms;
import dev.polycert.vault.Vault;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String INFORMATION = "information.";
  private static final String CSR = INFORMATION + "csr";
  private static final String PASSWORD = INFORMATION + Information.KEY_PASSWORD;

  /**
   * The members of a request that differ from those the order was made with, or has by its vendor's
   * defaults.
   *
   * @param vault opens sealed passwords
   */
  static List<Difference> of(
      Apply.Command command, Order order, CertificateProvider provider, Vault vault) {
    Terms has = order.terms();
    String path = "providerOptions." + order.provider() + ".";
    Map<String, String> asked = new TreeMap<>(command.information().members("information"));
    Map<String, String> had = new TreeMap<>(has.information().members("information"));
    if (command.validation() != null) {
      asked.put("validation", command.validation().name());
    }
    had.put("validation", has.validation().name());
    if (command.keyAlgorithm() != null) {
      asked.put("keyAlgorithm", command.keyAlgorithm().name());
    }
    had.put("keyAlgorithm", has.keyAlgorithm().name());
    command
        .providerOptions()
        .getOrDefault(order.provider(), Map.of())
        .forEach((name, value) -> asked.put(path + name, value));
    options(order, provider).forEach((name, value) -> had.put(path + name, value));
    List<Difference> differences = new ArrayList<>();
    asked.forEach(
        (field, value) -> {
          String before = had.get(field);
          boolean same =
              field.equals(path + AlternativeNames.OPTION)
                  ? AlternativeNames.same(order.domain(), value, before)
                  : value.equals(before);
          if (!same) {
            differences.add(of(field, value, before));
          }
        });
    String password = command.information().keyPassword();
    String sealed = has.information().keyPassword();
    if (password != null
        && (sealed == null || !vault.isSameText(Information.KEY_PASSWORD, password, sealed))) {
      differences.add(
          new Difference(PASSWORD, "another password", sealed == null ? null : "a password"));
    }
    return differences;
  }

  /** What was asked for; for what was not, what was found or is the vendor's default. */
  private static Map<String, String> options(Order order, CertificateProvider provider) {
    Map<String, String> options = new TreeMap<>(provider.defaults(order.application()));
    options.putAll(order.placement().plan());
    if (order.reference() != null) {
      options.putAll(order.reference().ids());
    }
    options.putAll(order.terms().options());
    return options;
  }

  /** The full text of a CSR would say less to people than that it is another one. */
  private static Difference of(String field, String asked, @Nullable String has) {
    return field.equals(CSR)
        ? new Difference(field, "another request", has == null ? null : "a request")
        : new Difference(field, asked, has);
  }

  /** Whether an order with it gets another certificate, or another key file. */
  boolean changesCertificate(Order order, CertificateProvider provider) {
    if (field.equals(CSR) || !field.startsWith(INFORMATION)) {
      return true;
    }
    return field.equals(PASSWORD)
        ? provider
            .offer()
            .information()
            .takes(Information.Part.KEY_PASSWORD, order.terms().options())
        : field.startsWith(INFORMATION + Information.Part.ORGANIZATION.member())
            && provider.namesOrganization(order.application());
  }
}
