package dev.polycert.order;

import dev.polycert.domain.DomainName;
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
    boolean dryRun) {

  public ApplyCommand {
    domains = List.copyOf(domains);
    providers = List.copyOf(providers);
    providerOptions = Map.copyOf(providerOptions);
    if (domains.isEmpty() || providers.isEmpty()) {
      throw new IllegalArgumentException("nothing to apply for");
    }
  }
}
