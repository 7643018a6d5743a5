package dev.polycert.vendor.acme;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateRequest;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A PKCS#10 request (RFC 2986): one made here, or the applicant's own.
 *
 * @param der what the CA gets
 * @param key whose certificate it is
 */
record Csr(byte[] der, PublicKey key) {
  /**
   * Makes a request with the names as alternative names alone, as newer profiles of CAs have it.
   */
  static Csr of(KeyPair pair, Set<DomainName> names) {
    try {
      GeneralName[] all = names.stream().map(Csr::general).toArray(GeneralName[]::new);
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

  /** RFC 8738, section 3, for an address. */
  private static GeneralName general(DomainName name) {
    return new GeneralName(
        name.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, name.ascii());
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
   * @throws Ended when it is not a CSR, is not signed by its own key, or has other names than the
   *     order
   */
  static Csr read(String pem, Set<DomainName> names) throws Ended {
    try {
      CertificateRequest request = CertificateRequest.read(pem);
      Optional<String> problem =
          request.problem(names.iterator().next(), names, AcmeDescriptor.OFFER.information());
      if (problem.isPresent()) {
        throw invalid(problem.get());
      }
      return new Csr(request.der(), request.key());
    } catch (CertificateRequest.InvalidRequestException e) {
      throw invalid(e.why());
    }
  }

  private static Ended invalid(String why) {
    return new Ended(new VendorError(ErrorClass.FINAL, "Csr.Invalid", "information.csr " + why));
  }
}
