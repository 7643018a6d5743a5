package dev.polycert.vendor.acme;

import dev.polycert.provider.KeyAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes key pairs, and writes and reads them as PEM (RFC 7468): the public key, then the private.
 */
final class PemKeys {
  private static final String PUBLIC = "PUBLIC KEY";
  private static final String PRIVATE = "PRIVATE KEY";

  private PemKeys() {}

  static KeyPair generate(KeyAlgorithm algorithm) {
    try {
      KeyPairGenerator generator;
      switch (algorithm) {
        case RSA_2048, RSA_3072, RSA_4096 -> {
          generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(Integer.parseInt(algorithm.name().substring("RSA_".length())));
        }
        case EC_P256, EC_P384 -> {
          generator = KeyPairGenerator.getInstance("EC");
          String bits = algorithm.name().substring("EC_P".length());
          generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
        }
        default -> throw new IllegalStateException("no generator for " + algorithm);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String write(KeyPair pair) {
    return block(PUBLIC, pair.getPublic().getEncoded()) + privateKey(pair.getPrivate());
  }

  /** The private key alone, as PKCS#8. */
  static String privateKey(PrivateKey key) {
    return block(PRIVATE, key.getEncoded());
  }

  static String block(String label, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            label)
        .replace("\r", "");
  }

  /** Reads what {@link #write} wrote. */
  static KeyPair read(String pem) {
    byte[] publicKey = bytes(PUBLIC, pem);
    byte[] privateKey = bytes(PRIVATE, pem);
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        return new KeyPair(
            factory.generatePublic(new X509EncodedKeySpec(publicKey)),
            factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
      } catch (GeneralSecurityException other) {
        // The key may be of the next kind.
      }
    }
    throw new IllegalStateException("a key in the vault is of no kind that is made here");
  }

  /**
   * The bytes of the first block with that label.
   *
   * @throws IllegalArgumentException when there is none, or it is not base64
   */
  static byte[] bytes(String label, String pem) {
    Matcher block =
        Pattern.compile("-----BEGIN " + label + "-----([^-]+)-----END " + label + "-----")
            .matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("holds no PEM block " + label);
    }
    return Base64.getDecoder().decode(block.group(1).replaceAll("\\s", ""));
  }
}
