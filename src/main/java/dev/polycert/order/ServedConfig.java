package dev.polycert.order;

import dev.polycert.domain.ServedHost;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When we look at what hosts serve. */
@ConfigMapping(prefix = "polycert.served")
public interface ServedConfig {

  /**
   * How often the sweep looks at hosts of delivered certificates, and at those of {@code watch};
   * {@code 0s} for never.
   */
  @WithDefault("24h")
  Duration every();

  /**
   * Hosts that are looked at without an order: {@code name}, {@code name:port}, {@code
   * address:port}, {@code [v6]:port} or {@code name@address:port}.
   */
  Optional<List<@WithConverter(ServedHostConverter.class) ServedHost>> watch();
}
