package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.vault.Vault;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the accounts at one CA: the first one, and another for each later set of external account
 * credentials. Orders stay with the account that placed them.
 */
final class CaAccounts {
  /** The setting of a plan that names the credentials of an account other than the first one. */
  static final String BINDING = "eabKeyId";

  private final String ca;
  private final String name;
  private final AcmeConfig.Ca settings;
  private final AcmeCalls calls;
  private final Vault vault;
  private final Clock clock;
  private final Map<String, KeptAccount> opened = new ConcurrentHashMap<>();

  /**
   * @param ca as it is configured
   * @param name what all that is kept of the accounts begins with
   */
  CaAccounts(
      String ca, String name, AcmeConfig.Ca settings, AcmeCalls calls, Vault vault, Clock clock) {
    this.ca = ca;
    this.name = name;
    this.settings = settings;
    this.calls = calls;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * The credentials of the account that new orders are placed by; empty for the first account.
   *
   * @throws BadSetting when they cannot be used
   */
  Optional<String> binding() {
    Optional<ExternalAccount> external = ExternalAccount.of(ca, settings);
    external.ifPresent(ExternalAccount::hmac);
    // Only a new account needs credentials; without them the latest account stays in use.
    return external.isEmpty()
        ? get("/latest")
        : external
            .map(ExternalAccount::keyId)
            .filter(id -> get("/binding").filter(first -> !first.equals(id)).isPresent());
  }

  /** The account of those credentials; null for the first one. */
  KeptAccount of(@Nullable String binding) {
    return opened.computeIfAbsent(binding == null ? "" : binding, this::open);
  }

  /** What the CA calls the account of those credentials; empty before it is made. */
  Optional<String> location(@Nullable String binding) {
    KeptAccount account = opened.get(binding == null ? "" : binding);
    return account == null ? get(place(binding) + "/location") : account.location();
  }

  private static String place(@Nullable String binding) {
    return binding == null || binding.isEmpty() ? "" : "/eab/" + binding;
  }

  private KeptAccount open(String binding) {
    Optional<ExternalAccount> external = ExternalAccount.of(ca, settings);
    String present = external.map(ExternalAccount::keyId).orElse("");
    if (!binding.isEmpty()) {
      vault.put(name + "/latest", bytes(binding)).await().indefinitely();
    } else if (!present.isEmpty() || get("/location").isEmpty()) {
      vault.create(name + "/binding", bytes(present)).await().indefinitely();
    }
    String own = binding.isEmpty() ? get("/binding").orElse(present) : binding;
    return new KeptAccount(
        ca,
        name + place(binding),
        new Registration(
            ca,
            settings.contact().orElse(null),
            external.filter(bound -> bound.keyId().equals(own))),
        calls,
        vault,
        clock);
  }

  private Optional<String> get(String what) {
    return vault.get(name + what).await().indefinitely().map(kept -> new String(kept, UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
