package dev.polycert.testing;

import dev.polycert.sandbox.RsaKeys;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes certificate requests of applicants, right and wrong ones. */
public final class Csrs {
  private String subject;
  private KeyPair keys = keys("EC", "secp256r1");
  private String signature = "SHA256withECDSA";
  private GeneralName[] names = {};
  private final ExtensionsGenerator further = new ExtensionsGenerator();
  private boolean ca;
  private int filler;

  private Csrs(String subject) {
    this.subject = subject;
  }

  /** A right one for these hosts, the first of which is its common name too. */
  public static Csrs of(String... hosts) {
    return new Csrs("CN=" + hosts[0]).hosts(hosts);
  }

  public Csrs subject(String other) {
    subject = other;
    return this;
  }

  public Csrs hosts(String... hosts) {
    return names(
        Stream.of(hosts)
            .map(host -> new GeneralName(GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  public Csrs names(GeneralName... all) {
    names = all;
    return this;
  }

  /** With another key, and what signs with it. */
  public Csrs key(String algorithm, String parameter, String signed) {
    keys = keys(algorithm, parameter);
    signature = signed;
    return this;
  }

  /** With a key that was made elsewhere, and what signs with it. */
  public Csrs key(KeyPair other, String signed) {
    keys = other;
    signature = signed;
    return this;
  }

  /** With a further extension. */
  public Csrs extension(ASN1ObjectIdentifier id, ASN1Encodable value) {
    extension(further, id, value);
    return this;
  }

  public Csrs ca() {
    ca = true;
    return this;
  }

  /** With an attribute that makes it longer. */
  public Csrs longer(int characters) {
    filler = characters;
    return this;
  }

  public KeyPair keys() {
    return keys;
  }

  public String pem() {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      if (names.length > 0) {
        extension(extensions, Extension.subjectAlternativeName, new GeneralNames(names));
      }
      if (!further.isEmpty()) {
        extensions.addExtension(further.generate());
      }
      if (ca) {
        extension(extensions, Extension.basicConstraints, new BasicConstraints(true));
      }
      var builder =
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
      if (!extensions.isEmpty()) {
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      if (filler > 0) {
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_unstructuredName,
            new DERUTF8String("x".repeat(filler)));
      }
      StringWriter pem = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
        writer.writeObject(
            builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
      }
      return pem.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extension(
      ExtensionsGenerator extensions, ASN1ObjectIdentifier id, ASN1Encodable value) {
    try {
      extensions.addExtension(id, false, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair keys(String algorithm, String parameter) {
    try {
      if (algorithm.equals("RSA")) {
        return RsaKeys.of(Integer.parseInt(parameter), 0);
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(parameter));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
