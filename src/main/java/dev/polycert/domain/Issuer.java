package dev.polycert.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CA that is about to be asked for a certificate, as CAA records name it.
 *
 * @param identities the names that CAA records give it (RFC 8659, section 4.2); none where they are
 *     not known, and then no CAA record is looked for
 * @param account the URI of the account that will ask (RFC 8657, section 3); null where it is not
 *     made yet
 * @param method the validation as RFC 8657, section 4, names it: {@code dns-01} or {@code http-01}
 */
public record Issuer(List<String> identities, @Nullable String account, String method) {

  public Issuer {
    identities = List.copyOf(identities);
  }
}
