package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import java.util.Map;

/**
 * What to apply for. Its members are already known to be right: see {@link Catalog}.
 *
 * @param domains without duplicates, in request order
 * @param providers ids in request order, all of them configured
 * @param providerOptions options by provider id
 * @param deliver where each certificate is to be brought to
 * @param dryRun find out everything, write nothing, record nothing
 */
public record ApplyCommand(
    List<DomainName> domains,
    List<String> providers,
    Strategy strategy,
    ValidationMethod validation,
    KeyAlgorithm keyAlgorithm,
    Map<String, Map<String, String>> providerOptions,
    Information information,
    List<DeliveryTarget> deliver,
    boolean dryRun) {

  public ApplyCommand {
    domains = List.copyOf(domains);
    providers = List.copyOf(providers);
    providerOptions = Map.copyOf(providerOptions);
    deliver = List.copyOf(deliver);
    if (domains.isEmpty() || providers.isEmpty()) {
      throw new IllegalArgumentException("nothing to apply for");
    }
  }

  /** A command without deliveries. */
  public ApplyCommand(
      List<DomainName> domains,
      List<String> providers,
      Strategy strategy,
      ValidationMethod validation,
      KeyAlgorithm keyAlgorithm,
      Map<String, Map<String, String>> providerOptions,
      Information information,
      boolean dryRun) {
    this(
        domains,
        providers,
        strategy,
        validation,
        keyAlgorithm,
        providerOptions,
        information,
        List.of(),
        dryRun);
  }
}
