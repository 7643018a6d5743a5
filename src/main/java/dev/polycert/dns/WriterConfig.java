package dev.polycert.dns;

import dev.polycert.call.ServiceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Settings that every DNS writer has, by writer id: {@code polycert.dns-writer."rfc2136".…}. */
@ConfigMapping(prefix = "polycert.dns-writer")
public interface WriterConfig {

  @WithParentName
  @WithDefaults
  Map<String, Settings> byId();

  /** The settings of a writer, the defaults where nothing is set. */
  default Settings of(String writer) {
    return Objects.requireNonNull(byId().get(writer));
  }

  /** The settings of the service behind a writer. */
  default ServiceSettings service(String writer) {
    return new ServiceSettings(of(writer).endpoint());
  }

  /** One writer's settings. */
  interface Settings {

    /** The zones that it may write, such as {@code example.com}; none by default. */
    Optional<List<String>> zones();

    /**
     * The service's ids of zones, as {@code example.com=Z0123}: where it has several of one name,
     * and the name servers do not show which of them is meant.
     */
    Optional<List<String>> zoneIds();

    /** The address of its API or server; the service's own by default. */
    Optional<URI> endpoint();

    /** How long its servers may take to serve a new record; the service's own time by default. */
    Optional<Duration> propagation();
  }
}
