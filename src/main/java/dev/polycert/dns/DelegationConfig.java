package dev.polycert.dns;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The zone that validations of other zones are delegated to. */
@ConfigMapping(prefix = "polycert.dns")
public interface DelegationConfig {

  /**
   * A zone of a DNS writer, or a name in one, such as {@code acme.example.net}: CNAMEs from the
   * names of validations lead into it, so that Polycert can publish for zones that it cannot write.
   */
  Optional<String> delegationZone();
}
