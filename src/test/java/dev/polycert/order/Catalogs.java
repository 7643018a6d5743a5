package dev.polycert.order;

import dev.polycert.call.Accounts;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.NamedAccounts;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.Zones;
import dev.polycert.provider.CertificateProvider;
import java.util.List;

/** Makes catalogs for tests of other packages. */
public final class Catalogs {

  private Catalogs() {}

  /** A catalog with a deliverer, {@code one-place}, whose option {@code row} names its place. */
  public static Catalog delivering(CertificateProvider... providers) {
    return new Catalog(
        List.of(providers),
        List.of(new ScriptedDeliverer("one-place")),
        new ScriptedZones(),
        NamedAccounts.NONE);
  }

  /** A catalog with accounts, whose providers are among these. */
  public static Catalog at(List<NamedAccount> accounts, CertificateProvider... providers) {
    return new Catalog(List.of(providers), List.of(), new ScriptedZones(), Accounts.of(accounts));
  }

  public static Catalog of(CertificateProvider... providers) {
    return of(List.of(providers), List.of(), new ScriptedZones());
  }

  public static Catalog of(
      List<CertificateProvider> providers, List<Deliverer> deliverers, Zones zones) {
    return of(providers, deliverers, zones, List.of());
  }

  /** With accounts, whose providers and deliverers are among these. */
  public static Catalog of(
      List<CertificateProvider> providers,
      List<Deliverer> deliverers,
      Zones zones,
      List<NamedAccount> accounts) {
    return new Catalog(providers, deliverers, zones, Accounts.of(accounts));
  }
}
