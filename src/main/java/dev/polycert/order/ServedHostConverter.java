package dev.polycert.order;

import dev.polycert.domain.ServedHost;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads hosts of the configuration, so that a wrong one is reported at the start. */
@RegisterForReflection
public final class ServedHostConverter implements Converter<ServedHost> {
  private static final long serialVersionUID = 1L;

  @Override
  public ServedHost convert(String value) {
    return ServedHost.parse(value.strip());
  }
}
