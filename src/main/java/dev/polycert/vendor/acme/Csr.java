package dev.polycert.vendor.acme;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A PKCS#10 request (RFC 2986): one made here, or the applicant's own.
 *
 * @param der what the CA gets
 * @param key whose certificate it is
 */
record Csr(byte[] der, PublicKey key) {
  private static final String LABEL = "CERTIFICATE REQUEST";

  /**
   * Makes a request with the names as alternative names alone, as newer profiles of CAs have it.
   */
  static Csr of(KeyPair pair, Set<DomainName> names) {
    try {
      GeneralName[] all =
          names.stream()
              .map(name -> new GeneralName(GeneralName.dNSName, name.ascii()))
              .toArray(GeneralName[]::new);
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
      var builder =
          new JcaPKCS10CertificationRequestBuilder(new X500NameBuilder().build(), pair.getPublic());
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      var signer = new JcaContentSignerBuilder(algorithm(pair.getPublic()));
      return new Csr(builder.build(signer.build(pair.getPrivate())).getEncoded(), pair.getPublic());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String algorithm(PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getOrder().bitLength() > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
    }
    return "SHA256withRSA";
  }

  /**
   * Reads the applicant's request.
   *
   * @throws Ended when it is none, is not signed by its own key, or has other names than the order
   */
  static Csr read(String pem, Set<DomainName> names) throws Ended {
    byte[] der = der(pem);
    try {
      var request = new JcaPKCS10CertificationRequest(der);
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw invalid("is not signed by the key in it");
      }
      requireSame(names(request), names);
      return new Csr(der, key);
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      // The library throws unchecked exceptions of many kinds at what is malformed inside.
      throw invalid("cannot be read as a PKCS#10 request");
    }
  }

  private static byte[] der(String pem) throws Ended {
    try {
      return PemKeys.bytes(pem.contains("NEW CERT") ? "NEW CERTIFICATE REQUEST" : LABEL, pem);
    } catch (IllegalArgumentException e) {
      throw invalid("must be a PKCS#10 request in PEM (-----BEGIN CERTIFICATE REQUEST-----)");
    }
  }

  private static Set<String> names(JcaPKCS10CertificationRequest request) {
    Extensions extensions = request.getRequestedExtensions();
    GeneralNames alternative =
        extensions == null
            ? null
            : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    Stream<String> listed =
        alternative == null
            ? Stream.of()
            : Stream.of(alternative.getNames()).map(name -> name.getName().toString());
    return Stream.concat(commonNames(request.getSubject()), listed)
        .map(Csr::canonical)
        .collect(TreeSet::new, Set::add, Set::addAll);
  }

  private static Stream<String> commonNames(X500Name subject) {
    return Stream.of(subject.getRDNs(BCStyle.CN))
        .map(rdn -> IETFUtils.valueToString(rdn.getFirst().getValue()));
  }

  private static String canonical(String name) {
    try {
      return DomainName.parse(name).ascii();
    } catch (DomainName.InvalidNameException noName) {
      return name;
    }
  }

  private static void requireSame(Set<String> has, Set<DomainName> wanted) throws Ended {
    Set<String> names = new TreeSet<>(wanted.stream().map(DomainName::ascii).toList());
    if (!has.equals(names)) {
      throw invalid(
          "is for " + String.join(", ", has) + "; the order is for " + String.join(", ", names));
    }
  }

  private static Ended invalid(String why) {
    return new Ended(new VendorError(ErrorClass.FINAL, "Csr.Invalid", "information.csr " + why));
  }
}
