package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.IpAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * The applicant's own certificate request (PKCS#10, RFC 2986), which was checked by itself: it is
 * well-formed, signed by the key in it, and the key is one that CAs accept.
 */
public final class CertificateRequest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (NEW |)CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]+)"
              + "-----END \\1CERTIFICATE REQUEST-----");

  private static final String EXPECTED =
      "expected a PKCS#10 request in PEM (BEGIN CERTIFICATE REQUEST)";

  /** SHA-1 and MD5 can be forged (CA/Browser Forum Baseline Requirements, section 7.1.3.2). */
  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption,
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);

  private static final Map<ASN1ObjectIdentifier, KeyAlgorithm> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1, KeyAlgorithm.EC_P256,
          SECObjectIdentifiers.secp384r1, KeyAlgorithm.EC_P384);

  private static final Map<Integer, KeyAlgorithm> RSA_SIZES =
      Map.of(
          2048, KeyAlgorithm.RSA_2048,
          3072, KeyAlgorithm.RSA_3072,
          4096, KeyAlgorithm.RSA_4096);

  private static final String[] KINDS = {
    "other name",
    "e-mail address",
    "host",
    "X.400 address",
    "directory name",
    "EDI party name",
    "URI",
    "IP address",
    "registered id"
  };

  private final byte[] der;
  private final PublicKey key;
  private final KeyAlgorithm keyAlgorithm;
  private final Set<String> commonNames;
  private final Set<String> names;
  private final List<String> asked;

  private CertificateRequest(byte[] der) throws InvalidRequestException {
    this.der = der;
    try {
      var request = new JcaPKCS10CertificationRequest(der);
      if (request.getEncoded().length != der.length) {
        throw new InvalidRequestException("has bytes after its end");
      }
      key = request.getPublicKey();
      keyAlgorithm = keyAlgorithm(request, key);
      if (!SIGNATURES.contains(request.getSignatureAlgorithm().getAlgorithm())) {
        throw new InvalidRequestException(
            "is signed with an algorithm that CAs reject; expected RSA (PKCS#1) or ECDSA with"
                + " SHA-256, SHA-384 or SHA-512");
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new InvalidRequestException("is not signed by the key in it");
      }
      requireStrong(key);
      Extensions extensions = request.getRequestedExtensions();
      if (extensions != null && asksForCa(extensions)) {
        throw new InvalidRequestException(
            "asks for the certificate of a CA (CA:TRUE); expected one of a server");
      }
      asked = RequestedExtensions.notTaken(extensions);
      commonNames = commonNames(request);
      names = new TreeSet<>(commonNames);
      names.addAll(alternativeNames(extensions));
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      // The library throws unchecked exceptions of many kinds at what is malformed inside.
      throw new InvalidRequestException("cannot be read as a PKCS#10 request");
    }
  }

  /**
   * Reads a request, whatever text is around it.
   *
   * @throws InvalidRequestException saying what is wrong, without quoting the text: the caller may
   *     have pasted a private key by mistake
   */
  public static CertificateRequest read(String text) throws InvalidRequestException {
    if (text.contains("PRIVATE KEY-----")) {
      throw new InvalidRequestException(
          EXPECTED + " alone; the private key stays with you and is to be sent nowhere");
    }
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InvalidRequestException(EXPECTED);
    }
    String body = block.group(2);
    if (block.find()) {
      throw new InvalidRequestException("holds several requests; expected one");
    }
    try {
      return new CertificateRequest(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
    } catch (IllegalArgumentException noBase64) {
      throw new InvalidRequestException(EXPECTED);
    }
  }

  /** What is wrong with a certificate request; reads well after {@code information.csr}. */
  public static final class InvalidRequestException extends Exception {
    InvalidRequestException(String message) {
      super(message, null, false, false);
    }

    /** The message, which is always there. */
    public String why() {
      return String.valueOf(getMessage());
    }
  }

  /** What a request that was read before asks for and no certificate gets from it. */
  public static Optional<String> note(@Nullable String pem) {
    if (pem == null) {
      return Optional.empty();
    }
    try {
      List<String> asked = read(pem).asked;
      return asked.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "information.csr asks for %s: CAs set these extensions themselves, and may refuse the request for it"
                  .formatted(String.join(", ", asked)));
    } catch (InvalidRequestException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  public byte[] der() {
    return der.clone();
  }

  public PublicKey key() {
    return key;
  }

  public KeyAlgorithm keyAlgorithm() {
    return keyAlgorithm;
  }

  /** The request in PEM (RFC 7468), without the text that was around it. */
  public String pem() {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN CERTIFICATE REQUEST-----\n" + body + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  /**
   * Why it is no request for exactly these names; empty when it is.
   *
   * @param domain the one that the order is named after
   * @param wanted all names of the order
   */
  public Optional<String> problem(DomainName domain, Set<DomainName> wanted, InformationUse taken) {
    Set<String> all = wanted.stream().map(DomainName::ascii).collect(Collectors.toSet());
    if (!names.equals(all)) {
      return Optional.of(
          "is for %s; the order is for %s"
              .formatted(
                  names.isEmpty() ? "no name" : String.join(", ", names),
                  String.join(", ", new TreeSet<>(all))));
    }
    if (taken.commonName() && !commonNames.equals(Set.of(domain.ascii()))) {
      return Optional.of(
          "has %s as its common name; this provider reads the domain from there: expected %s"
              .formatted(
                  commonNames.isEmpty() ? "nothing" : String.join(", ", commonNames),
                  domain.ascii()));
    }
    return Optional.empty();
  }

  private static KeyAlgorithm keyAlgorithm(JcaPKCS10CertificationRequest request, PublicKey key)
      throws InvalidRequestException {
    AlgorithmIdentifier algorithm = request.getSubjectPublicKeyInfo().getAlgorithm();
    KeyAlgorithm known =
        key instanceof RSAPublicKey rsa
                && algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
            ? RSA_SIZES.get(rsa.getModulus().bitLength())
            : curve(algorithm);
    if (known == null) {
      throw new InvalidRequestException(
          "has a key that CAs reject; expected one of "
              + Arrays.stream(KeyAlgorithm.values())
                  .map(Enum::name)
                  .collect(Collectors.joining(", ")));
    }
    return known;
  }

  private static @Nullable KeyAlgorithm curve(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
            && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
        ? CURVES.get(curve)
        : null;
  }

  /** CA/Browser Forum Baseline Requirements, sections 6.1.1.3 and 6.1.6. */
  private static void requireStrong(PublicKey key) throws InvalidRequestException {
    if (key instanceof RSAPublicKey rsa) {
      Optional<String> weakness = RsaKeys.weakness(rsa);
      if (weakness.isPresent()) {
        throw new InvalidRequestException("has a key that CAs reject: " + weakness.get());
      }
    }
  }

  private static boolean asksForCa(Extensions extensions) {
    BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
    return constraints != null && constraints.isCA();
  }

  private static Set<String> commonNames(JcaPKCS10CertificationRequest request) {
    return Stream.of(request.getSubject().getRDNs())
        .flatMap(rdn -> Stream.of(rdn.getTypesAndValues()))
        .filter(part -> part.getType().equals(BCStyle.CN))
        .map(part -> canonical(IETFUtils.valueToString(part.getValue())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Hosts as domain names; names of other kinds with their kind, so that none passes for a host.
   */
  private static Set<String> alternativeNames(@Nullable Extensions extensions) {
    GeneralNames names =
        extensions == null
            ? null
            : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    return names == null
        ? Set.of()
        : Stream.of(names.getNames())
            .map(
                name ->
                    switch (name.getTagNo()) {
                      case GeneralName.dNSName -> canonical(name.getName().toString());
                      case GeneralName.iPAddress -> address(name);
                      default -> other(name);
                    })
            .collect(Collectors.toSet());
  }

  private static String address(GeneralName name) {
    try {
      return IpAddresses.canonical(
          InetAddress.getByAddress(ASN1OctetString.getInstance(name.getName()).getOctets()));
    } catch (UnknownHostException wrongLength) {
      return other(name);
    }
  }

  private static String other(GeneralName name) {
    return "the " + KINDS[name.getTagNo()] + " " + name.getName();
  }

  private static String canonical(String name) {
    try {
      return DomainName.parse(name).ascii();
    } catch (DomainName.InvalidNameException noName) {
      return name;
    }
  }
}
