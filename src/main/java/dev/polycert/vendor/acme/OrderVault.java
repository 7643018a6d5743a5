package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.vault.Vault;
import java.security.KeyPair;
import java.util.Optional;

/** Keeps the key and the certificate of each order in the vault, by the order's URL. */
final class OrderVault {
  private final Vault vault;

  OrderVault(Vault vault) {
    this.vault = vault;
  }

  /** The key pair of an order; empty when the applicant has it, or it is not made yet. */
  Optional<KeyPair> key(Reference order) {
    return get("key", order).map(PemKeys::read);
  }

  /** The key pair of an order, which is stored in the vault before it is used. */
  KeyPair keyOrNew(Reference order, KeyAlgorithm algorithm) {
    Optional<KeyPair> kept = key(order);
    if (kept.isPresent()) {
      return kept.get();
    }
    byte[] made = PemKeys.write(PemKeys.generate(algorithm)).getBytes(UTF_8);
    vault.create(name("key", order), made).await().indefinitely();
    // If two checks of one order race, both go on with the key that was stored first.
    return key(order).orElseThrow();
  }

  Optional<IssuedChain> certificate(Reference order) {
    return get("certificate", order).map(IssuedChain::read);
  }

  void keep(Reference order, IssuedChain chain) {
    vault.put(name("certificate", order), chain.pem().getBytes(UTF_8)).await().indefinitely();
  }

  private Optional<String> get(String what, Reference order) {
    return vault.get(name(what, order)).await().indefinitely().map(kept -> new String(kept, UTF_8));
  }

  private static String name(String what, Reference order) {
    return "acme/" + what + "/" + order.id(Placed.ORDER_URL);
  }
}
