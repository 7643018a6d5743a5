package dev.polycert.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CA that is about to be asked for a certificate, as CAA records name it.
 *
 * @param heedsCaa whether it looks at CAA records, as the CAs that browsers trust do
 * @param identities the names that CAA records give it (RFC 8659, section 4.2); none where they are
 *     not known, and then only a record that lets no CA issue is an obstacle
 * @param account the URI of the account that will ask (RFC 8657, section 3); null where it is not
 *     made yet, or not ours
 * @param method the validation as RFC 8657, section 4, names it: {@code dns-01} or {@code http-01};
 *     null when the vendor chooses it
 */
public record Issuer(
    boolean heedsCaa, List<String> identities, @Nullable String account, @Nullable String method) {

  public Issuer {
    identities = List.copyOf(identities);
  }

  /** A CA of ACME. One that heeds CAA records publishes its names. */
  public static Issuer ofAcme(List<String> identities, @Nullable String account, String method) {
    return new Issuer(!identities.isEmpty(), identities, account, method);
  }

  /** The CA behind a vendor. The vendor has its own account and validation method there. */
  public static Issuer behindVendor(List<String> identities) {
    return new Issuer(true, identities, null, null);
  }
}
