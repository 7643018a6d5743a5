package dev.polycert.call;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/**
 * An account beside the default one of a vendor. Services of it have ids such as {@code
 * tencent-ssl@prod2}.
 *
 * <p>Beans of a vendor are made once for each account. While they are constructed, they read the
 * credentials, settings and limits of the {@link #current} account.
 *
 * @param name lower-case letters and digits
 * @param vendor the vendor's folder
 * @param domains the domains that are applied for at this account when a request names no account
 * @param zones the zones that its DNS writer may write
 * @param zoneIds the service's ids of zones
 * @param endpoint in place of that of the default account
 */
public record NamedAccount(
    String name,
    String vendor,
    List<String> domains,
    List<String> zones,
    List<String> zoneIds,
    Optional<URI> endpoint) {
  /** Names the default account in a request that must not mean another one. */
  public static final String DEFAULT = "default";

  private static final String MARK = "@";
  private static final ScopedValue<NamedAccount> CURRENT = ScopedValue.newInstance();

  public NamedAccount {
    domains = List.copyOf(domains);
    zones = List.copyOf(zones);
    zoneIds = List.copyOf(zoneIds);
  }

  /** The account whose beans are being made; empty for the default one. */
  public static Optional<NamedAccount> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Makes something that belongs to this account. */
  public <T> T making(Supplier<T> supplier) {
    return ScopedValue.where(CURRENT, this).call(supplier::get);
  }

  /** The variable of an account that stands for a given variable of the default account. */
  static String variable(String own, String account) {
    return "POLYCERT_ACCOUNT__" + account.toUpperCase(Locale.ROOT) + "__" + own;
  }

  /** The name of a variable for the current account. */
  public static String variable(String own) {
    return current().map(account -> variable(own, account.name())).orElse(own);
  }

  /** The variable with the address of a server that operators run themselves. */
  public static String endpointVariable(String own) {
    return current().map(account -> variable("ENDPOINT", account.name())).orElse(own);
  }

  /** The value of a variable for the current account, where it is set. */
  public static <T> Optional<T> value(Config config, String own, Class<T> type) {
    return config.getOptionalValue(variable(own), type);
  }

  /** Makes something that belongs to an account, or to the default one. */
  public static <T> T making(Optional<NamedAccount> account, Supplier<T> supplier) {
    return account.isPresent() ? account.get().making(supplier) : supplier.get();
  }

  /** The name of a setting of this account. */
  public String setting(String member) {
    return "polycert.account.\"" + name + "\"." + member;
  }

  /** The id of a service as an account uses it. */
  public static String qualified(String service, String account) {
    return service + MARK + account;
  }

  /** Says that a service of some kind is gone, and which setting of an account brings it back. */
  public static String gone(String kind, String id) {
    String gone = "there is no %s %s any more".formatted(kind, id);
    return account(id)
        .map(
            account ->
                "%s: the account is not configured; set polycert.account.\"%s\".vendor and its keys"
                    .formatted(gone, account))
        .orElse(gone);
  }

  /** The id of a service, without the account where it names the default one. */
  public static String withoutDefault(String id) {
    return account(id).filter(DEFAULT::equals).isPresent() ? service(id) : id;
  }

  /** The id of a service without the account. */
  public static String service(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? id : id.substring(0, mark);
  }

  /** The account in the id of a service; empty where it names none. */
  public static Optional<String> account(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? Optional.empty() : Optional.of(id.substring(mark + 1));
  }
}
