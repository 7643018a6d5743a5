package dev.polycert.look;

/** The signatures by which a server may prove that it has the key (RFC 8446, section 4.2.3). */
final class SignatureSchemes {
  private SignatureSchemes() {}

  /**
   * Those of one kind of key.
   *
   * @param keyType {@code EC} or {@code RSA}
   */
  static String[] of(String keyType) {
    return keyType.equals("EC")
        ? new String[] {
          "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512"
        }
        : new String[] {
          "rsa_pss_rsae_sha256",
          "rsa_pss_rsae_sha384",
          "rsa_pss_rsae_sha512",
          "rsa_pkcs1_sha256",
          "rsa_pkcs1_sha384",
          "rsa_pkcs1_sha512"
        };
  }
}
