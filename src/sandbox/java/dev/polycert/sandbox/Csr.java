package dev.polycert.sandbox;

import java.io.IOException;
import java.io.StringReader;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Reads certificate signing requests. */
public final class Csr {
  private Csr() {}

  /** Whether this is a PKCS#10 request in PEM whose common name is the domain. */
  public static boolean isFor(String pem, String domain) {
    try (var parser = new PEMParser(new StringReader(pem))) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
        return false;
      }
      var names = request.getSubject().getRDNs(BCStyle.CN);
      return names.length == 1
          && IETFUtils.valueToString(names[0].getFirst().getValue()).equalsIgnoreCase(domain);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
