package dev.polycert.call;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;

/** Makes the scope {@link PerAccount} known to CDI while the application is built. */
public final class PerAccountExtension implements BuildCompatibleExtension {

  /** A pseudo-scope: a client proxy could not know whose bean is meant when it is called. */
  @Discovery
  public void scope(MetaAnnotations annotations) {
    annotations.addContext(PerAccount.class, false, PerAccountContext.class);
  }
}
