package dev.polycert.vendor.acmedns;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The accounts at an acme-dns server. */
@ConfigMapping(prefix = "polycert.acmedns")
public interface AcmeDnsConfig {

  /** The accounts by names of your own; one for each name that a CNAME leads from. */
  Map<String, Account> account();

  /** One account, as {@code /register} has answered. */
  interface Account {

    /** The label below the server's domain that it may write. */
    String subdomain();

    /** Its user name, a UUID. */
    String username();

    /** Its password, a secret. */
    String password();
  }
}
