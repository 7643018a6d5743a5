package dev.polycert.function.read;

import dev.polycert.call.Descriptor;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.ValidationMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the providers of a request and the options for each of them. */
public final class ProvidersReader {
  /** Of all options of one provider together, in bytes: a hundred names of the longest kind fit. */
  private static final int MOST_OPTIONS = 32 << 10;

  private final Fields fields;
  private final Catalog catalog;
  private final Set<String> named = new HashSet<>();

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
    Map<String, String> texts = fields.texts("providers", 100);
    if (texts == null) {
      return configured();
    }
    List<String> ids = new ArrayList<>();
    texts.forEach(
        (path, id) -> {
          if (!named.add(id)) {
            notes.add(path + " repeats " + Fields.quote(id));
          } else if (usable(path, id)) {
            ids.add(id);
          }
        });
    return ids;
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

  /** Reads the member {@code providerOptions}: options by provider. */
  public Map<String, Map<String, String>> options(List<String> ids) {
    Fields byProvider = fields.object("providerOptions");
    Map<String, Map<String, String>> options = new HashMap<>();
    for (String id : byProvider.names()) {
      if (ids.contains(id)) {
        options.put(
            id, options(byProvider.object(id), names(catalog.descriptor(id).orElseThrow())));
      } else if (!named.contains(id)) {
        byProvider.error(id, "is not a provider of this request; " + Nearest.hint(id, ids));
      }
    }
    return options;
  }

  /** The names of a service's options. */
  static Set<String> names(Descriptor service) {
    return service.options().stream()
        .map(Descriptor.Option::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Reads the options for one provider; reports those that are not known. */
  public static Map<String, String> options(Fields given, Set<String> known) {
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
        requireNames(given, name, value);
      }
    }
    return options;
  }

  private static void requireNames(Fields given, String name, String value) {
    if (name.equals(AlternativeNames.OPTION)) {
      try {
        AlternativeNames.parse(value);
      } catch (DomainName.InvalidNameException e) {
        given.error(name, String.valueOf(e.getMessage()));
      }
    }
  }

  private List<String> configured() {
    List<String> configured = catalog.configured();
    if (configured.isEmpty()) {
      String variables =
          catalog.ids().stream()
              .map(id -> id + " needs " + missing(id))
              .collect(Collectors.joining("; "));
      fields.error("providers", "no provider is configured: " + variables);
    }
    return configured;
  }

  private boolean usable(String path, String id) {
    if (catalog.descriptor(id).isEmpty()) {
      String hint = Nearest.hint(id, catalog.ids());
      fields.errorAt(path, "unknown provider " + Fields.quote(id) + "; " + hint);
      return false;
    }
    if (!catalog.configured().contains(id)) {
      fields.errorAt(path, id + " is not configured: it needs " + missing(id));
      return false;
    }
    return true;
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
