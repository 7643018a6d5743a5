package dev.polycert.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that a certificate request asks for. CAs take the names from it, and decide on the
 * rest themselves.
 */
final class RequestedExtensions {
  private static final Map<ASN1ObjectIdentifier, String> NAMES =
      Map.of(
          new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"),
          "tlsfeature (OCSP must-staple)",
          Extension.keyUsage,
          "keyUsage beyond digitalSignature and keyEncipherment",
          Extension.extendedKeyUsage,
          "extendedKeyUsage beyond serverAuth",
          Extension.nameConstraints,
          "nameConstraints",
          Extension.certificatePolicies,
          "certificatePolicies");

  /** Those that say what each certificate of a server has anyway. */
  private static final Set<ASN1ObjectIdentifier> USUAL =
      Set.of(
          Extension.subjectAlternativeName,
          Extension.basicConstraints,
          Extension.subjectKeyIdentifier);

  private RequestedExtensions() {}

  /** Names those that a certificate does not get from a request. */
  static List<String> notTaken(@Nullable Extensions extensions) {
    List<String> others = new ArrayList<>();
    if (extensions != null) {
      for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
        if (!isUsual(id, extensions)) {
          others.add(NAMES.getOrDefault(id, "the extension " + id.getId()));
        }
      }
    }
    return others;
  }

  private static boolean isUsual(ASN1ObjectIdentifier id, Extensions extensions) {
    if (id.equals(Extension.keyUsage)) {
      int known = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
      KeyUsage usage = KeyUsage.fromExtensions(extensions);
      byte[] bytes = usage.getBytes();
      return bytes.length == 1 && (bytes[0] & 0xFF & ~known) == 0;
    }
    if (id.equals(Extension.extendedKeyUsage)) {
      ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
      return purposes.size() == 1 && purposes.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth);
    }
    return USUAL.contains(id);
  }
}
