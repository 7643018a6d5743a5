package dev.polycert.vendor.acme;

import java.net.URL;
import java.security.KeyPair;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;

/**
 * The account at a CA.
 *
 * @param location what the CA calls it, the {@code kid} of every request
 */
record CaAccount(URL location, KeyPair key) {

  Login login(Session session) {
    return session.login(location, key);
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "CaAccount[" + location + "]";
  }
}
