package dev.polycert.notice;

import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.DomainName.InvalidNameException;
import dev.polycert.domain.ServedHost;
import dev.polycert.order.Notice;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The notices that a channel brings.
 *
 * @param types of notices
 * @param providers empty for all
 * @param domains with all below them, A-labels; empty for all
 */
record Selection(Set<String> types, List<String> providers, List<String> domains) {
  private static final String ALL = "all";

  Selection {
    types = Set.copyOf(types);
    providers = List.copyOf(providers);
    domains = List.copyOf(domains);
  }

  /**
   * Reads the settings of a channel.
   *
   * @param known the ids of all providers
   * @throws IllegalArgumentException when a setting names an unknown event, provider or domain
   */
  static Selection of(String prefix, NoticeConfig.Channel settings, Supplier<List<String>> known) {
    return new Selection(
        types(prefix + "events", settings.events().orElse(List.of())),
        settings.providers().orElse(List.of()).stream()
            .map(id -> provider(prefix + "providers", id.strip(), known.get()))
            .toList(),
        settings.domains().orElse(List.of()).stream()
            .map(text -> domain(prefix + "domains", text.strip()))
            .toList());
  }

  /** The events of a channel; without a setting all but issued certificates. */
  private static Set<String> types(String setting, List<String> given) {
    Set<String> all =
        Arrays.stream(Notice.Kind.values()).map(Notice.Kind::type).collect(Collectors.toSet());
    Set<String> types = new HashSet<>();
    for (String text : given) {
      String name = text.strip();
      String type = name.startsWith(Notice.SPACE) ? name : Notice.SPACE + name;
      if (name.equals(ALL)) {
        types.addAll(all);
      } else if (all.contains(type)) {
        types.add(type);
      } else {
        throw new IllegalArgumentException(
            "%s: there is no event '%s'; there are %s, %s"
                .formatted(
                    setting,
                    name,
                    ALL,
                    all.stream()
                        .map(it -> it.substring(Notice.SPACE.length()))
                        .sorted()
                        .collect(Collectors.joining(", "))));
      }
    }
    if (given.isEmpty()) {
      types.addAll(all);
      types.remove(Notice.Kind.ISSUED.type());
    }
    return types;
  }

  private static String provider(String setting, String id, List<String> known) {
    if (Stream.concat(known.stream(), known.stream().map(NamedAccount::service))
        .noneMatch(NamedAccount.withoutDefault(id)::equals)) {
      throw new IllegalArgumentException(
          "%s: there is no provider '%s'; there are %s"
              .formatted(setting, id, String.join(", ", known)));
    }
    return id;
  }

  private static String domain(String setting, String text) {
    try {
      return DomainName.ofHost(text).ascii();
    } catch (InvalidNameException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is no domain: %s".formatted(setting, text, e.getMessage()), e);
    }
  }

  boolean wants(Notice notice) {
    String provider = notice.data().provider();
    return types.contains(notice.type())
        && (providers.isEmpty()
            || (provider != null
                && (providers.contains(provider)
                    || providers.contains(NamedAccount.service(provider))
                    || providers.contains(NamedAccount.qualified(provider, NamedAccount.DEFAULT)))))
        && (domains.isEmpty() || domains.stream().anyMatch(it -> isIn(host(notice), it)));
  }

  /** The host without its port; for a wildcard, the name above it. */
  private static String host(Notice notice) {
    DomainName name =
        notice.data().orderId() == null
            ? ServedHost.parse(notice.subject()).expected()
            : DomainName.ofHost(notice.subject());
    return name.base();
  }

  private static boolean isIn(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
