package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Nearest;
import dev.polycert.order.Catalog;
import dev.polycert.order.Scope;
import dev.polycert.order.use.AccessKeys;
import dev.polycert.provider.Capability;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a key of the API. It is no Lambda function: on AWS, API Gateway's authoriser admits
 * callers, and it does not know these keys.
 */
@ApplicationScoped
public class MakeApiKey implements Operation {
  private final AccessKeys keys;
  private final Catalog catalog;

  MakeApiKey(AccessKeys keys, Catalog catalog) {
    this.keys = keys;
    this.catalog = catalog;
  }

  @Override
  public String name() {
    return "make-key";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/keys", Scope.ADMIN));
  }

  @Override
  public Uni<ApiKeyView> run(JsonNode input, Instant deadline) {
    Request request = Request.read(input, catalog);
    return keys.make(request.name(), request.scopes(), request.suffixes(), request.accounts())
        .map(made -> ApiKeyView.of(made.key(), made.secret()));
  }

  /** The key to make. */
  private record Request(
      String name, Set<Scope> scopes, List<DomainName> suffixes, List<String> accounts) {
    private static final int LONGEST_NAME = 100;
    private static final int MOST = 100;

    static Request read(JsonNode input, Catalog catalog) {
      Fields fields = Fields.of(input);
      String name = fields.text("name", LONGEST_NAME);
      if (name == null && !fields.has("name")) {
        fields.error("name", "is missing; it is the name by which people know the key");
      }
      Set<Scope> scopes = scopes(fields);
      List<DomainName> suffixes = suffixes(fields);
      List<String> accounts = accounts(fields, catalog);
      if (scopes.contains(Scope.ADMIN) && (fields.has("suffixes") || fields.has("accounts"))) {
        fields.error(
            "scopes",
            "admin has no limits, as it may make any key: leave out suffixes and accounts");
      }
      Request request = new Request(String.valueOf(name), scopes, suffixes, accounts);
      request.requireUse(fields, catalog);
      fields.finish();
      return request;
    }

    /** Reports scopes and accounts that could do nothing within the limits of the key. */
    private void requireUse(Fields fields, Catalog catalog) {
      if (suffixes.isEmpty() && accounts.isEmpty()) {
        return;
      }
      if (scopes.contains(Scope.DELIVER)
          && accounts.stream().noneMatch(id -> delivers(catalog, id))) {
        fields.error(
            "scopes",
            "a limited key can do nothing with deliver unless accounts names a deliverer, or a"
                + " provider that deploys");
      }
      if (!accounts.isEmpty() && Collections.disjoint(accounts, catalog.ids())) {
        fields.error(
            "accounts",
            "names no provider, and a key reaches only orders of the providers that it names");
      } else if (scopes.contains(Scope.EXPORT_KEY)
          && !accounts.isEmpty()
          && Collections.disjoint(accounts, catalog.capableOf(Capability.EXPORT_KEY))) {
        fields.error(
            "scopes",
            "a key can do nothing with export-key unless accounts names a provider whose private"
                + " keys can be taken out: "
                + String.join(", ", catalog.capableOf(Capability.EXPORT_KEY)));
      }
    }

    private static boolean delivers(Catalog catalog, String id) {
      return catalog.deliverers().containsKey(id)
          || catalog.incapable(id, Capability.DEPLOY).isEmpty();
    }

    private static Set<Scope> scopes(Fields fields) {
      List<String> known = Stream.of(Scope.values()).map(Scope::text).toList();
      Set<Scope> scopes = EnumSet.noneOf(Scope.class);
      Map<String, String> texts = fields.texts("scopes", known.size());
      if (texts == null) {
        if (!fields.has("scopes")) {
          fields.error("scopes", "is missing; any of " + String.join(", ", known));
        }
        return scopes;
      }
      texts.forEach(
          (path, text) ->
              Scope.of(text)
                  .ifPresentOrElse(
                      scopes::add,
                      () ->
                          fields.errorAt(
                              path,
                              "unknown " + Fields.quote(text) + "; " + Nearest.hint(text, known))));
      return scopes;
    }

    private static List<DomainName> suffixes(Fields fields) {
      List<DomainName> suffixes = new ArrayList<>();
      Map<String, String> texts = fields.texts("suffixes", MOST);
      if (texts != null) {
        texts.forEach(
            (path, text) -> {
              try {
                DomainName suffix = DomainName.ofHost(text);
                if (suffix.wildcard()) {
                  fields.errorAt(path, "expected a name without *., such as example.com");
                }
                suffixes.add(suffix);
              } catch (DomainName.InvalidNameException wrong) {
                fields.errorAt(path, String.valueOf(wrong.getMessage()));
              }
            });
      }
      return suffixes.stream().distinct().toList();
    }

    private static List<String> accounts(Fields fields, Catalog catalog) {
      Map<String, String> texts = fields.texts("accounts", MOST);
      if (texts == null) {
        return List.of();
      }
      Set<String> known = new TreeSet<>(catalog.ids());
      known.addAll(catalog.deliverers().keySet());
      texts.forEach(
          (path, text) -> {
            if (!known.contains(text)) {
              fields.errorAt(
                  path, "unknown " + Fields.quote(text) + "; " + Nearest.hint(text, known));
            }
          });
      return texts.values().stream().filter(known::contains).distinct().toList();
    }
  }
}
