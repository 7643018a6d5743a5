package dev.polycert.provider;

/** The algorithm of a certificate's key pair. */
public enum KeyAlgorithm {
  RSA_2048,
  RSA_3072,
  RSA_4096,
  /** NIST P-256, which vendors also call prime256v1. */
  EC_P256,
  EC_P384
}
