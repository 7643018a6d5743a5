package dev.polycert.order.step;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.Publication;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which domains are validated at the names of DNS records. */
public final class RecordNames {

  private RecordNames() {}

  /**
   * The domains whose validation may be at these names: the name without the labels that begin with
   * an underscore, its wildcard, and the {@code www} that vendors validate together with it. They
   * can be looked up; names further below would have to be searched for.
   */
  public static Set<DomainName> domains(Collection<String> names) {
    Set<DomainName> domains = new LinkedHashSet<>();
    for (String name : names) {
      String host = host(name);
      Stream.of(host, "*." + host, "www." + host).forEach(text -> add(domains, text));
    }
    return domains;
  }

  /** The names of all records that an order waits for, lower case, and where we write them. */
  public static Stream<String> of(Order order) {
    return Stream.concat(
            order.validations().stream().flatMap(it -> Stream.ofNullable(it.recordName())),
            order.own().publications().stream().map(Publication::writtenName))
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  private static String host(String recordName) {
    String host = recordName;
    while ((host.startsWith("_") || host.startsWith("*.")) && host.indexOf('.') > 0) {
      host = host.substring(host.indexOf('.') + 1);
    }
    return host;
  }

  /** A name that no certificate could be for has no orders. */
  private static void add(Set<DomainName> domains, String text) {
    try {
      domains.add(DomainName.parse(text));
    } catch (DomainName.InvalidNameException e) {
      return;
    }
  }
}
