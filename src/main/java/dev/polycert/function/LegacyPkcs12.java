package dev.polycert.function;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;

/**
 * Writes PKCS #12 files for readers that know neither PBES2 nor a MAC of SHA-256, such as Windows
 * Server 2016: key and certificates under {@code pbeWithSHAAnd3-KeyTripleDES-CBC}, the whole under
 * HMAC-SHA-1 (RFC 7292, appendices B and C).
 */
final class LegacyPkcs12 {
  private static final int ROUNDS = 100_000;

  private LegacyPkcs12() {}

  static byte[] write(PrivateKey key, Certificate[] chain, char[] password)
      throws IOException, CertificateEncodingException {
    PKCS12SafeBag[] certificates = new PKCS12SafeBag[chain.length];
    for (int i = 0; i < chain.length; i++) {
      PKCS12SafeBagBuilder bag =
          new PKCS12SafeBagBuilder(new X509CertificateHolder(chain[i].getEncoded()));
      certificates[i] = i == 0 ? named(bag).build() : bag.build();
    }
    PKCS12SafeBagBuilder keyBag =
        new PKCS12SafeBagBuilder(PrivateKeyInfo.getInstance(key.getEncoded()), encryptor(password));
    try {
      return new PKCS12PfxPduBuilder()
          .addData(named(keyBag).build())
          .addEncryptedData(encryptor(password), certificates)
          .build(new BcPKCS12MacCalculatorBuilder().setIterationCount(ROUNDS), password)
          .getEncoded();
    } catch (PKCSException unusable) {
      throw new IOException(unusable);
    }
  }

  /** The same name and id tie the key to its certificate. */
  private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag) {
    return bag.addBagAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(Pkcs12.ALIAS))
        .addBagAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(new byte[] {1}));
  }

  private static OutputEncryptor encryptor(char[] password) {
    return new BcPKCS12PBEOutputEncryptorBuilder(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
            CBCBlockCipher.newInstance(new DESedeEngine()))
        .setIterationCount(ROUNDS)
        .build(password);
  }
}
