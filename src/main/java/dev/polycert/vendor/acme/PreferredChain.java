package dev.polycert.vendor.acme;

import dev.polycert.provider.Application;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain that an order asks for.
 *
 * @param root the common name of the root, or of the topmost issuer, that the chain leads to
 * @param asker what asks for it: the option of the request, or the variable of the CA's setting
 */
record PreferredChain(String root, String asker) {

  /** The option of the request goes before the setting of the CA. */
  static Optional<PreferredChain> of(Application application, Optional<Authority> ca) {
    return Optional.ofNullable(application.option(AcmeOptions.PREFERRED_CHAIN))
        .map(root -> new PreferredChain(root, "option " + AcmeOptions.PREFERRED_CHAIN))
        .or(() -> ca.flatMap(PreferredChain::configured));
  }

  private static Optional<PreferredChain> configured(Authority ca) {
    String variable = Authority.variable(ca.name(), "preferred-chain");
    return ca.settings().preferredChain().map(root -> new PreferredChain(root, variable));
  }

  boolean is(IssuedChain chain) {
    return chain.leadsTo(root);
  }

  /** Says that the CA had no such chain; null where it had. */
  @Nullable String lacking(IssuedChain chain) {
    return is(chain)
        ? null
        : "%s: the CA has no chain to '%s'; its first one is taken, which leads to '%s'"
            .formatted(asker, root, chain.top());
  }
}
