package dev.polycert.provider;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** How a target wants private keys written in PEM. */
public enum KeyForm {
  /** As they come: PKCS #8 where the key was made here, else the vendor's own choice. */
  AS_GIVEN,

  /** {@code PRIVATE KEY} (RFC 5958), which names the algorithm inside. */
  PKCS8,

  /** {@code RSA PRIVATE KEY} (RFC 8017, A.1.2) or {@code EC PRIVATE KEY} (RFC 5915). */
  TRADITIONAL,

  /** The same, with {@code EC PARAMETERS} in front of an elliptic key, as OpenSSL writes both. */
  TRADITIONAL_WITH_PARAMETERS;

  private static final int BITS = 8;

  /** The same key in this form; a text that holds no such key stays as it is. */
  public PrivateKeyPem of(PrivateKeyPem key) {
    return this == AS_GIVEN
        ? key
        : read(key.reveal()).flatMap(this::written).map(PrivateKeyPem::new).orElse(key);
  }

  private Optional<String> written(PrivateKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
    try {
      if (this == PKCS8) {
        return Optional.of(block("PRIVATE KEY", key));
      }
      if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return Optional.of(block("RSA PRIVATE KEY", key.parsePrivateKey()));
      }
      return algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
          ? Optional.of(elliptic(key))
          : Optional.empty();
    } catch (IOException | RuntimeException broken) {
      // The library throws unchecked exceptions too at what is malformed inside.
      return Optional.empty();
    }
  }

  /** Inside PKCS #8 the curve stands outside of the key; alone, the key has to name it. */
  private String elliptic(PrivateKeyInfo info) throws IOException {
    ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
    ASN1Sequence parts = ASN1Sequence.getInstance(info.parsePrivateKey());
    ECPrivateKey key = ECPrivateKey.getInstance(parts);
    byte[] number = ASN1OctetString.getInstance(parts.getObjectAt(1)).getOctets();
    String alone =
        block(
            "EC PRIVATE KEY",
            new ECPrivateKey(
                number.length * BITS, new BigInteger(1, number), key.getPublicKey(), curve));
    return this == TRADITIONAL_WITH_PARAMETERS ? block("EC PARAMETERS", curve) + alone : alone;
  }

  /** Reads a key: vendors write PKCS #8, PKCS #1 or SEC 1, some with parameters in front. */
  static Optional<PrivateKeyInfo> read(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(Pem.text(pem)))) {
      for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
        if (read instanceof PrivateKeyInfo info) {
          return Optional.of(info);
        }
        if (read instanceof PEMKeyPair pair) {
          return Optional.of(pair.getPrivateKeyInfo());
        }
      }
    } catch (IOException | RuntimeException noKey) {
      // As above.
    }
    return Optional.empty();
  }

  private static String block(String label, ASN1Encodable content) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content.toASN1Primitive().getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body);
  }
}
