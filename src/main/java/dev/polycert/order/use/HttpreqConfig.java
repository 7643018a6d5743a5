package dev.polycert.order.use;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The clients that publish their validations through us by lego's protocol {@code httpreq}. */
@ConfigMapping(prefix = "polycert.httpreq")
public interface HttpreqConfig {

  /** The clients by their user names, in lower case. */
  Map<String, Client> client();

  /** How long a record stays whose client does not clean it up. */
  @WithDefault("1h")
  Duration keep();

  /** One client. */
  interface Client {

    /** Its password, a secret of 20 characters or more. */
    String password();

    /** It may publish at these names and below them. */
    List<String> zones();
  }
}
