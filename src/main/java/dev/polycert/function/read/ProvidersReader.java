package dev.polycert.function.read;

import dev.polycert.call.Descriptor;
import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Capability;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.ValidationMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the providers of a request and the options for each of them. */
public final class ProvidersReader {
  /**
   * The most bytes of all options of one provider together: a hundred names of the longest kind
   * fit.
   */
  private static final int MOST_OPTIONS = 32 << 10;

  private static final String AT_DEFAULT = NamedAccount.qualified("", NamedAccount.DEFAULT);

  private final Fields fields;
  private final Catalog catalog;
  private final Set<String> named = new HashSet<>();

  /** Maps the id at an account to the id in the request that meant it. */
  private final Map<String, String> origins = new HashMap<>();

  public ProvidersReader(Fields fields, Catalog catalog) {
    this.fields = fields;
    this.catalog = catalog;
  }

  /**
   * Reads the member {@code providers}: the ids in request order, each once; all configured
   * providers when it is left out.
   *
   * @param notes gets a note for every id that occurs again
   */
  public List<String> providers(List<String> notes) {
    return providers(List.of(), notes).all();
  }

  /**
   * The providers of a request.
   *
   * @param all ids in request order, each once
   * @param byDomain the ids for each domain that is not applied for at all providers, because an
   *     account is configured for it
   */
  public record Choice(List<String> all, Map<DomainName, List<String>> byDomain) {

    public Choice {
      all = List.copyOf(all);
      byDomain = Map.copyOf(byDomain);
    }

    /** The most providers that one domain is applied for at. */
    public int most() {
      return byDomain.values().stream().mapToInt(List::size).max().orElse(all.size());
    }
  }

  /**
   * As above. An id without an account means the account that is configured for each domain.
   *
   * @param domains those that are applied for
   */
  public Choice providers(Collection<DomainName> domains, List<String> notes) {
    Map<String, String> texts = fields.texts("providers", 100);
    List<String> asked = new ArrayList<>();
    Map<String, String> paths = new HashMap<>();
    if (texts == null) {
      asked.addAll(configured(notes));
    } else {
      texts.forEach(
          (path, id) -> {
            if (!named.add(id)) {
              notes.add(path + " repeats " + Fields.quote(id));
            } else if (known(path, id)) {
              asked.add(id);
              paths.put(id, path);
            }
          });
    }
    noteSame(domains, asked, paths, notes);
    Map<DomainName, List<String>> byDomain = new LinkedHashMap<>();
    for (DomainName domain : domains) {
      byDomain.put(
          domain, asked.stream().map(id -> at(domain, id, texts == null)).distinct().toList());
    }
    List<String> all =
        asked.stream()
            .flatMap(id -> everywhere(id, domains, texts == null))
            .distinct()
            .filter(id -> usable(paths.getOrDefault(origins.getOrDefault(id, id), "providers"), id))
            .toList();
    byDomain.values().removeIf(all::equals);
    return new Choice(all, byDomain);
  }

  /** Two ids may mean one account, which is applied at once. */
  private void noteSame(
      Collection<DomainName> domains,
      List<String> asked,
      Map<String, String> paths,
      List<String> notes) {
    for (String id : asked) {
      for (String before : asked.subList(0, asked.indexOf(id))) {
        List<DomainName> same =
            domains.stream()
                .filter(domain -> at(domain, id, false).equals(at(domain, before, false)))
                .toList();
        boolean always =
            NamedAccount.withoutDefault(id).equals(NamedAccount.withoutDefault(before))
                || (!domains.isEmpty() && same.size() == domains.size());
        if (paths.containsKey(id) && (always || !same.isEmpty())) {
          notes.add(
              "%s: %s is the same account as %s%s, which is applied at once"
                  .formatted(
                      paths.get(id),
                      id,
                      before,
                      always
                          ? ""
                          : same.stream()
                              .map(DomainName::ascii)
                              .collect(Collectors.joining(", ", " for ", ""))));
        }
      }
    }
  }

  private Stream<String> everywhere(
      String asked, Collection<DomainName> domains, boolean wherever) {
    return domains.isEmpty()
        ? Stream.of(NamedAccount.withoutDefault(asked))
        : domains.stream().map(domain -> at(domain, asked, wherever));
  }

  /**
   * The provider at the account that an id means for a domain.
   *
   * @param wherever whether the account that is configured for the domain wins over another one
   *     that the id names
   */
  private String at(DomainName domain, String asked, boolean wherever) {
    String service = NamedAccount.service(asked);
    if (asked.endsWith(AT_DEFAULT)) {
      return service;
    }
    if (!wherever && !asked.equals(service)) {
      return asked;
    }
    String there = catalog.atAccountOf(domain, service);
    if (there.equals(service)) {
      return asked;
    }
    origins.put(there, asked);
    return there;
  }

  /**
   * Reports providers that do not offer what is asked for, naming those that do.
   *
   * @param keyAlgorithm null where the applicant makes the key
   */
  public void requireOffered(
      List<String> ids, ValidationMethod validation, @Nullable KeyAlgorithm keyAlgorithm) {
    require(ids, "validation", validation.name(), offer -> catalog.offers(offer, validation));
    if (keyAlgorithm != null) {
      require(
          ids,
          "keyAlgorithm",
          keyAlgorithm.name(),
          offer -> offer.keyAlgorithms().contains(keyAlgorithm));
    }
  }

  /**
   * Reads the member {@code providerOptions}: options by provider. Those of an id without an
   * account hold at all its accounts, where an id with an account may give others.
   */
  public Map<String, Map<String, String>> options(List<String> ids) {
    Fields byProvider = fields.object("providerOptions");
    Map<String, Map<String, String>> options = new HashMap<>();
    List<String> generalFirst =
        byProvider.names().stream()
            .sorted(Comparator.comparing(id -> NamedAccount.account(id).isPresent()))
            .toList();
    for (String id : generalFirst) {
      List<String> meant = ids.stream().filter(each -> isMeant(id, each)).toList();
      if (!meant.isEmpty()) {
        Map<String, String> given =
            options(
                byProvider.object(id),
                names(catalog.descriptor(meant.getFirst()).orElseThrow()),
                catalog.capableOf(Capability.IP_ADDRESS).contains(meant.getFirst()));
        meant.forEach(
            each -> options.computeIfAbsent(each, first -> new HashMap<>()).putAll(given));
      } else if (!named.contains(id)) {
        byProvider.error(id, "is not a provider of this request; " + Nearest.hint(id, ids));
      }
    }
    return options;
  }

  /** Whether options of an id are for the provider at an account. */
  private static boolean isMeant(String id, String provider) {
    return NamedAccount.account(id).isEmpty()
        ? id.equals(NamedAccount.service(provider))
        : NamedAccount.withoutDefault(id).equals(provider);
  }

  /** The names of a service's options. */
  static Set<String> names(Descriptor service) {
    return service.options().stream()
        .map(Descriptor.Option::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Reads the options for one provider; reports those that are not known. */
  public static Map<String, String> options(Fields given, Set<String> known) {
    return options(given, known, false);
  }

  private static Map<String, String> options(Fields given, Set<String> known, boolean addresses) {
    Map<String, String> options = new HashMap<>();
    int room = MOST_OPTIONS;
    for (String name : given.names()) {
      if (!known.contains(name)) {
        given.error(name, "unknown; " + Nearest.hint(name, known));
        continue;
      }
      String value = given.scalar(name, room);
      if (value != null) {
        options.put(name, value);
        room -= Fields.size(value);
        requireNames(given, name, value, addresses);
      }
    }
    return options;
  }

  private static void requireNames(Fields given, String name, String value, boolean addresses) {
    if (name.equals(AlternativeNames.OPTION)) {
      try {
        AlternativeNames.parse(value, addresses);
      } catch (DomainName.InvalidNameException e) {
        given.error(name, String.valueOf(e.getMessage()));
      }
    }
  }

  private List<String> configured(List<String> notes) {
    List<String> configured = catalog.configured();
    if (configured.isEmpty()) {
      String variables =
          catalog.ids().stream()
              .map(id -> id + " needs " + missing(id))
              .collect(Collectors.joining("; "));
      fields.error("providers", "no provider is configured: " + variables);
    }
    // A caller who names an account means to use that account, and usually leaves the default one
    // out on purpose.
    catalog.ids().stream()
        .filter(id -> NamedAccount.account(id).isPresent() && !configured.contains(id))
        .forEach(id -> notes.add("providers: " + id + " is left out: it needs " + missing(id)));
    return configured;
  }

  private boolean known(String path, String id) {
    String service = NamedAccount.service(id);
    if (catalog.descriptor(id).isPresent()
        || (id.endsWith(AT_DEFAULT) && catalog.descriptor(service).isPresent())) {
      return true;
    }
    fields.errorAt(
        path,
        catalog.descriptor(service).isPresent()
            ? "%s has no account %s; there are: %s"
                .formatted(
                    service,
                    Fields.quote(NamedAccount.account(id).orElse("")),
                    String.join(", ", catalog.accountsOf(service)))
            : "unknown provider " + Fields.quote(id) + "; " + Nearest.hint(id, catalog.ids()));
    return false;
  }

  private boolean usable(String path, String id) {
    List<String> configured = catalog.configured();
    if (configured.contains(id)) {
      return true;
    }
    String others =
        catalog.accountsOf(NamedAccount.service(id)).stream()
            .filter(configured::contains)
            .collect(Collectors.joining(", "));
    fields.errorAt(
        path,
        id
            + " is not configured: it needs "
            + missing(id)
            + (others.isEmpty() ? "" : "; configured accounts: " + others));
    return false;
  }

  private String missing(String id) {
    return catalog.account(id).stream()
        .flatMap(account -> account.missing().stream())
        .collect(Collectors.joining(", "));
  }

  private void require(List<String> ids, String name, String value, Predicate<Offer> offers) {
    String without = ids(ids, offers.negate());
    if (!without.isEmpty()) {
      String with = ids(catalog.ids(), offers);
      fields.error(
          name,
          "%s is not offered by %s; it is by: %s"
              .formatted(value, without, with.isEmpty() ? "none" : with));
    }
  }

  private String ids(List<String> ids, Predicate<Offer> which) {
    return ids.stream()
        .filter(id -> catalog.offer(id).filter(which).isPresent())
        .collect(Collectors.joining(", "));
  }
}
