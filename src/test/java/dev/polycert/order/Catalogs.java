package dev.polycert.order;

import dev.polycert.provider.CertificateProvider;
import java.util.List;

/** Makes catalogs for tests of other packages. */
public final class Catalogs {

  private Catalogs() {}

  public static Catalog of(CertificateProvider... providers) {
    return new Catalog(List.of(providers), List.of(), new ScriptedZones());
  }
}
