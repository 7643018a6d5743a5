package dev.polycert.provider;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** How a private key is written in PEM. */
public enum KeyForm {
  /** {@code BEGIN PRIVATE KEY} (RFC 5958), which names the algorithm inside. */
  PKCS8 {
    @Override
    PemObject of(PrivateKeyInfo key) throws IOException {
      return new PemObject("PRIVATE KEY", key.getEncoded());
    }
  },

  /**
   * {@code BEGIN RSA PRIVATE KEY} (PKCS#1, RFC 8017) or {@code BEGIN EC PRIVATE KEY} (SEC 1, RFC
   * 5915), which older servers want.
   */
  TRADITIONAL {
    @Override
    PemObject of(PrivateKeyInfo key) throws IOException {
      ASN1Encodable parameters = key.getPrivateKeyAlgorithm().getParameters();
      if (key.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return new PemObject("RSA PRIVATE KEY", encoded(key.parsePrivateKey()));
      }
      if (key.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        ASN1Sequence inner = ASN1Sequence.getInstance(key.parsePrivateKey());
        int octets = ASN1OctetString.getInstance(inner.getObjectAt(1)).getOctets().length;
        ECPrivateKey read = ECPrivateKey.getInstance(inner);
        // PKCS#8 names the curve outside of this part.
        return new PemObject(
            "EC PRIVATE KEY",
            encoded(
                new ECPrivateKey(
                    octets * Byte.SIZE, read.getKey(), read.getPublicKey(), parameters)));
      }
      throw new IOException("no form before PKCS#8");
    }
  };

  abstract PemObject of(PrivateKeyInfo key) throws IOException;

  /** The key in this form; empty when it cannot be read, or has no such form. */
  public Optional<PrivateKeyPem> of(PrivateKeyPem pem) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(of(read(pem)));
      writer.flush();
      return Optional.of(new PrivateKeyPem(text.toString()));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads a key: vendors write PKCS#8, PKCS#1 or SEC 1, some with parameters in front. */
  static PrivateKeyInfo read(PrivateKeyPem pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Pem.text(pem.reveal())))) {
      for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
        if (read instanceof PrivateKeyInfo key) {
          return key;
        }
        if (read instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
      }
    }
    throw new IOException("no private key");
  }

  private static byte[] encoded(ASN1Encodable part) throws IOException {
    return part.toASN1Primitive().getEncoded();
  }
}
