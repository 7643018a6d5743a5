package dev.polycert.provider;

/** The key pair that the certificate is made for. */
public enum KeyAlgorithm {
  RSA_2048,
  RSA_3072,
  RSA_4096,
  /** NIST P-256, which vendors also call prime256v1. */
  EC_P256,
  EC_P384
}
