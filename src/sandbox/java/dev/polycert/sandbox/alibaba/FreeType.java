package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World.KeyKind;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of free certificates, parameter {@code Type}. */
enum FreeType {
  LETS_ENCRYPT("lets_encrypt", "_acme-challenge.", KeyKind.EC_P256),
  DIGICERT_SINGLE("digicert_single", "_dnsauth.", KeyKind.RSA_2048),
  DIGICERT_WILDCARD("digicert_wildcard", "_dnsauth.", KeyKind.RSA_2048);

  private final String wire;
  private final String recordPrefix;
  private final KeyKind keys;

  FreeType(String wire, String recordPrefix, KeyKind keys) {
    this.wire = wire;
    this.recordPrefix = recordPrefix;
    this.keys = keys;
  }

  static Optional<FreeType> of(String wire) {
    return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
  }

  boolean fits(String domain) {
    return switch (this) {
      case LETS_ENCRYPT -> true;
      case DIGICERT_SINGLE -> !DomainNames.wildcard(domain);
      case DIGICERT_WILDCARD -> DomainNames.wildcard(domain);
    };
  }

  /** Whether a file may prove control: never for a wildcard, never at DigiCert. */
  boolean allowsFile(String domain) {
    return this == LETS_ENCRYPT && !DomainNames.wildcard(domain);
  }

  String wire() {
    return wire;
  }

  /** The name of the TXT record that proves control of the domain. */
  String recordName(String domain) {
    return recordPrefix + DomainNames.base(domain);
  }

  KeyKind keys() {
    return keys;
  }
}
