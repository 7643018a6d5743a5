package dev.polycert.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts beside the default one of each vendor, by name: {@code polycert.account."prod2".…}. The
 * keys of {@code prod2} are in the vendor's own variables with {@code POLYCERT_ACCOUNT__PROD2__}
 * before their names.
 */
@ConfigMapping(prefix = "polycert.account")
public interface AccountConfig {

  @WithParentName
  Map<String, Settings> byName();

  /** One account. Its name has lower-case letters and digits only. */
  interface Settings {

    /** The vendor that has the account, as its folder is named: {@code tencent}. */
    String vendor();

    /**
     * The domains that this account serves, with all names below them: where a request names no
     * provider, or a provider without an account, Polycert applies here; where a target names no
     * account, it delivers here. None by default; the longest matching domain decides.
     */
    Optional<List<String>> domains();

    /** The zones that the account's DNS writer may write; none by default. */
    Optional<List<String>> zones();

    /** As {@code polycert.dns-writer."…".zone-ids}, for the account's DNS writer. */
    Optional<List<String>> zoneIds();

    /** The address of the account's API or server; as for the default account by default. */
    Optional<URI> endpoint();
  }
}
