package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Fields;
import dev.polycert.order.ApplyCommand;
import dev.polycert.order.Catalog;
import dev.polycert.order.Strategy;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code apply} is asked for.
 *
 * @param notes what the applicant should know about the reading of the request
 */
record ApplyRequest(ApplyCommand command, List<String> notes) {
  private static final int MAX_DOMAINS = 1000;

  ApplyRequest {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a request and checks it against the providers that there are.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static ApplyRequest read(JsonNode input, Catalog catalog) {
    Fields fields = Fields.of(input);
    List<String> notes = new ArrayList<>();
    Map<String, DomainName> domains = DomainsReader.read(fields, MAX_DOMAINS, notes);
    if (!fields.has("domains")) {
      fields.error("domains", "is missing; expected an array of domain names");
    }
    ProvidersReader reader = new ProvidersReader(fields, catalog);
    List<String> providers = reader.providers(notes);
    ValidationMethod validation =
        or(fields.choice("validation", ValidationMethod.class), ValidationMethod.DNS);
    KeyAlgorithm keyAlgorithm =
        or(fields.choice("keyAlgorithm", KeyAlgorithm.class), KeyAlgorithm.RSA_2048);
    reader.requireOffered(providers, validation, keyAlgorithm);
    refuseWildcardFiles(fields, domains, validation);
    Strategy strategy = or(fields.choice("strategy", Strategy.class), Strategy.ALL);
    Map<String, Map<String, String>> options = reader.options(providers);
    Information information = InformationReader.read(fields.object("information"));
    List<DeliveryTarget> deliver =
        new DeliverReader(
                fields, catalog, domains.values(), strategy == Strategy.ALL ? providers.size() : 1)
            .read(providers, information);
    boolean dryRun = or(fields.flag("dryRun"), false);
    fields.finish();
    return new ApplyRequest(
        new ApplyCommand(
            List.copyOf(domains.values()),
            providers,
            strategy,
            validation,
            keyAlgorithm,
            options,
            information,
            deliver,
            dryRun),
        notes);
  }

  /** A file shows control of one host only (CA/Browser Forum Baseline Requirements 3.2.2.4.18). */
  private static void refuseWildcardFiles(
      Fields fields, Map<String, DomainName> domains, ValidationMethod validation) {
    if (validation == ValidationMethod.FILE) {
      domains.forEach(
          (path, domain) -> {
            if (domain.wildcard()) {
              fields.errorAt(path, "a wildcard cannot be validated by FILE; use DNS");
            }
          });
    }
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
