package dev.polycert.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateRequest.InvalidRequestException;
import dev.polycert.testing.Csrs;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateRequestTest {
  private static final String HOST = "www.example.com";
  private static final InformationUse ANY =
      new InformationUse(Set.of(Information.Part.CSR), null, false);
  private static final InformationUse BY_SUBJECT =
      new InformationUse(Set.of(Information.Part.CSR), null, true);

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA, RSA_2048",
    "RSA, 3072, SHA512withRSA, RSA_3072",
    "EC, secp256r1, SHA256withECDSA, EC_P256",
    "EC, secp384r1, SHA384withECDSA, EC_P384"
  })
  void everyKeyThatCasAcceptIsTaken(
      String algorithm, String parameter, String signature, KeyAlgorithm expected)
      throws InvalidRequestException {
    Csrs csr = Csrs.of(HOST).key(algorithm, parameter, signature);

    CertificateRequest read = CertificateRequest.read(csr.pem());

    assertThat(read.keyAlgorithm()).isEqualTo(expected);
    assertThat(read.key()).isEqualTo(csr.keys().getPublic());
    assertThat(problem(read, HOST)).isNull();
  }

  static Stream<Arguments> wrong() {
    String right = Csrs.of(HOST).pem();
    String body = right.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] der = Base64.getDecoder().decode(body);
    byte[] forged = der.clone();
    forged[forged.length - 3] ^= 1;
    String key = "has a key that CAs reject";
    return Stream.of(
        arguments("hello world", "expected a PKCS#10 request in PEM"),
        arguments(block("CERTIFICATE REQUEST", new byte[0]), "cannot be read"),
        arguments(block("CERTIFICATE REQUEST", "hello world".getBytes(US_ASCII)), "cannot be read"),
        arguments(block("CERTIFICATE REQUEST", Arrays.copyOf(der, 200)), "cannot be"),
        arguments(block("CERTIFICATE REQUEST", forged), "is not signed by the key in it"),
        arguments(
            right.replaceFirst("END CERT", "END NEW CERT"), "expected a PKCS#10 request in PEM"),
        arguments(right + right, "holds several requests"),
        arguments(
            "-----BEGIN PRIVATE KEY-----\nRkFLRQ==\n-----END PRIVATE KEY-----\n" + right,
            "the private key stays with you"),
        arguments(Csrs.of(HOST).key("RSA", "1024", "SHA256withRSA").pem(), key),
        arguments(Csrs.of(HOST).key("RSA", "2048", "SHA1withRSA").pem(), "is signed with"),
        arguments(Csrs.of(HOST).key("RSA", "2048", "MD5withRSA").pem(), "is signed with"),
        arguments(Csrs.of(HOST).key("EC", "secp521r1", "SHA512withECDSA").pem(), key),
        arguments(Csrs.of(HOST).key("Ed25519", "", "Ed25519").pem(), key),
        arguments(Csrs.of(HOST).key(rsa(3), "SHA256withRSA").pem(), "its public exponent is 3"),
        arguments(Csrs.of(HOST).ca().pem(), "asks for the certificate of a CA (CA:TRUE)"));
  }

  private static KeyPair rsa(int exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(exponent)));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> askedFor() {
    ASN1ObjectIdentifier tlsFeature = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");
    KeyPurposeId server = KeyPurposeId.id_kp_serverAuth;
    KeyPurposeId code = KeyPurposeId.id_kp_codeSigning;
    return Stream.of(
        arguments(Csrs.of(HOST), null),
        arguments(
            Csrs.of(HOST)
                .extension(
                    Extension.keyUsage,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(server)),
            null),
        arguments(
            Csrs.of(HOST).extension(tlsFeature, new DERSequence(new ASN1Integer(5))),
            "tlsfeature (OCSP must-staple)"),
        arguments(
            Csrs.of(HOST)
                .extension(
                    Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
            "keyUsage"),
        arguments(
            Csrs.of(HOST).extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(code)),
            "extendedKeyUsage"),
        arguments(
            Csrs.of(HOST)
                .extension(
                    Extension.nameConstraints, new NameConstraints(new GeneralSubtree[0], null)),
            "nameConstraints"),
        arguments(
            Csrs.of(HOST).extension(new ASN1ObjectIdentifier("1.2.3.4"), new ASN1Integer(1)),
            "the extension 1.2.3.4"));
  }

  @ParameterizedTest
  @MethodSource("askedFor")
  void extensionsThatTheCertificateWillNotHaveAreNamed(Csrs csr, @Nullable String named) {
    assertThat(CertificateRequest.note(csr.pem()).orElse("nothing"))
        .contains(named == null ? "nothing" : "information.csr asks for " + named);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatNoCaTakesIsRefused(String text, String why) {
    assertThatThrownBy(() -> CertificateRequest.read(text))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(why);
  }

  /** {@code openssl req -text} writes the request in words before it. */
  @ParameterizedTest
  @MethodSource("surroundings")
  void textAroundItDoesNotMatter(String text) throws InvalidRequestException {
    String pem = CertificateRequest.read(text).pem();

    assertThat(pem)
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
        .endsWith("-----END CERTIFICATE REQUEST-----\n")
        .doesNotContain("\r");
  }

  static Stream<String> surroundings() {
    String right = Csrs.of(HOST).pem();
    return Stream.of(
        "Certificate Request:\n    Data:\n        Version: 1 (0x0)\n" + right,
        "\uFEFF" + right,
        right.replace("\n", "\r\n"),
        right.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
        "\n\n" + right + "\n# end\n");
  }

  @Test
  void namesOfOtherKindsAreNoHosts() throws InvalidRequestException {
    CertificateRequest request =
        CertificateRequest.read(
            Csrs.of(HOST)
                .names(
                    new GeneralName(GeneralName.dNSName, HOST),
                    new GeneralName(GeneralName.iPAddress, "10.0.0.1"),
                    new GeneralName(GeneralName.rfc822Name, "a@b.example"),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "https://b.example"))
                .pem());

    assertThat(problem(request, HOST))
        .contains("is for 10.0.0.1", "the e-mail address a@b.example", "the URI https:");
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com evil.other.com, www.example.com",
    "www.example.com, www.example.com api.example.com",
    "other.example.com, www.example.com",
    "*.example.com, www.example.com"
  })
  void theNamesAreExactlyThoseOfTheOrder(String has, String order) throws InvalidRequestException {
    CertificateRequest request = CertificateRequest.read(Csrs.of(has.split(" ")).pem());

    assertThat(problem(request, order.split(" "))).startsWith("is for ");
    assertThat(problem(request, has.split(" "))).isNull();
  }

  @Test
  void spellingOfNamesDoesNotMatter() throws InvalidRequestException {
    CertificateRequest request =
        CertificateRequest.read(
            Csrs.of("WWW.Example.com").subject("C=DE,O=Example,CN=www.example.com").pem());

    assertThat(problem(request, HOST)).isNull();
  }

  @Test
  void aCommonNameInASetOfSeveralAttributesIsSeen() throws InvalidRequestException {
    CertificateRequest request =
        CertificateRequest.read(Csrs.of(HOST).subject("O=Example+CN=other.example.com").pem());

    assertThat(problem(request, HOST)).contains("other.example.com");
  }

  @Test
  void aVendorThatReadsTheSubjectWantsTheDomainThere() throws InvalidRequestException {
    CertificateRequest without = CertificateRequest.read(Csrs.of(HOST).subject("O=Example").pem());
    DomainName domain = DomainName.parse(HOST);

    assertThat(problem(without, HOST)).isNull();
    assertThat(without.problem(domain, Set.of(domain), BY_SUBJECT).orElseThrow())
        .contains("has nothing as its common name")
        .endsWith("expected www.example.com");
  }

  private static String problem(CertificateRequest request, String... names) {
    Set<DomainName> all = Stream.of(names).map(DomainName::parse).collect(Collectors.toSet());
    return request.problem(DomainName.parse(names[0]), all, ANY).orElse(null);
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }
}
