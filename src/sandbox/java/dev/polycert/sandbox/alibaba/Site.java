package dev.polycert.sandbox.alibaba;

import java.time.Instant;
import java.util.List;

/**
 * A registered domain that the account put on ESA.
 *
 * @param id above 2^53 on purpose: a client that reads it as a double loses digits
 * @param verifyCode what a CNAME site has to publish at {@code _esaauth.<name>} to be activated
 */
record Site(
    long id, String name, Access access, boolean active, String verifyCode, Instant created) {

  /** How the domain's traffic gets to ESA. */
  enum Access {
    NS,
    CNAME
  }

  static final List<String> NAME_SERVERS = List.of("ns1.esa.sandbox", "ns2.esa.sandbox");

  Site activated() {
    return new Site(id, name, access, true, verifyCode, created);
  }

  String status() {
    return active ? "active" : "pending";
  }
}
