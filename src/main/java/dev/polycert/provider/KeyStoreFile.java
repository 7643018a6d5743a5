package dev.polycert.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;

/** Writes a certificate, its chain and its key into one file that is protected by a password. */
public enum KeyStoreFile {
  /** PKCS#12 (RFC 7292) with AES-256 and SHA-256, as OpenSSL 3 and Java of today write it. */
  PKCS12("PKCS12"),

  /**
   * PKCS#12 with Triple DES and SHA-1: all that Windows before Server 2019 and Java 8 before update
   * 301 can read.
   */
  PKCS12_LEGACY("PKCS12") {
    @Override
    void write(
        PrivateKeyInfo key,
        List<X509Certificate> chain,
        char[] password,
        ByteArrayOutputStream file)
        throws GeneralSecurityException, IOException {
      try {
        legacy(key, chain, password, file);
      } catch (PKCSException e) {
        throw new GeneralSecurityException(e);
      }
    }
  },

  /**
   * Java's own format before Java 9. Its protection is weak: a reader of the file can recover the
   * key.
   */
  JKS("JKS");

  private static final String ALIAS = "certificate";

  /** Of the derivation of keys. */
  private static final int ITERATIONS = 100_000;

  private final String type;

  KeyStoreFile(String type) {
    this.type = type;
  }

  /** The file; empty when the parts from the vendor do not belong together. */
  public Optional<byte[]> of(CertificateBundle certificate, String password) {
    PrivateKeyPem pem = certificate.privateKey();
    if (pem == null) {
      return Optional.empty();
    }
    try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
      write(
          KeyForm.read(pem.reveal()).orElseThrow(() -> new IOException("no private key")),
          chain(certificate.fullChain()),
          password.toCharArray(),
          file);
      return Optional.of(file.toByteArray());
    } catch (IOException | GeneralSecurityException unusable) {
      return Optional.empty();
    }
  }

  /** Whether such a file opens with the password and has this certificate with its chain. */
  public boolean holds(byte[] file, CertificateBundle certificate, String password) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(new ByteArrayInputStream(file), password.toCharArray());
      return Collections.list(store.aliases()).stream().anyMatch(ALIAS::equals)
          && Arrays.asList(store.getCertificateChain(ALIAS)).equals(chain(certificate.fullChain()));
    } catch (IOException | GeneralSecurityException other) {
      return false;
    }
  }

  void write(
      PrivateKeyInfo key, List<X509Certificate> chain, char[] password, ByteArrayOutputStream file)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry(
        ALIAS,
        new JcaPEMKeyConverter().getPrivateKey(key),
        password,
        chain.toArray(Certificate[]::new));
    store.store(file, password);
  }

  private static List<X509Certificate> chain(String pem) throws GeneralSecurityException {
    Collection<? extends Certificate> read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    return read.stream().map(X509Certificate.class::cast).toList();
  }

  /** The algorithms of Java's writer are settings of the whole process, so it is not used here. */
  private static void legacy(
      PrivateKeyInfo key, List<X509Certificate> chain, char[] password, ByteArrayOutputStream file)
      throws GeneralSecurityException, IOException, PKCSException {
    OutputEncryptor encryptor =
        new BcPKCS12PBEOutputEncryptorBuilder(
                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                CBCBlockCipher.newInstance(new DESedeEngine()))
            .setIterationCount(ITERATIONS)
            .build(password);
    PKCS12SafeBag[] certificates = new PKCS12SafeBag[chain.size()];
    for (int i = 0; i < certificates.length; i++) {
      PKCS12SafeBagBuilder bag =
          new PKCS12SafeBagBuilder(new X509CertificateHolder(chain.get(i).getEncoded()));
      // By this the key finds its certificate.
      certificates[i] = (i == 0 ? named(bag) : bag).build();
    }
    byte[] written =
        new PKCS12PfxPduBuilder()
            .addEncryptedData(encryptor, certificates)
            .addData(named(new PKCS12SafeBagBuilder(key, encryptor)).build())
            .build(new BcPKCS12MacCalculatorBuilder().setIterationCount(ITERATIONS), password)
            .getEncoded();
    file.write(written);
  }

  private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag) {
    return bag.addBagAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(ALIAS))
        .addBagAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(new byte[] {1}));
  }
}
