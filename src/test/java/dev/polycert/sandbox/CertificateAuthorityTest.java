package dev.polycert.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.now();
  private static final List<String> NAMES = List.of("example.com", "*.example.com");

  private final CertificateAuthority authority = new CertificateAuthority(new SecureRandom());

  @Test
  void issuesCertificatesThatVerifyAgainstTheRoot() throws Exception {
    World.Issued issued = authority.issue(NAMES, NOW, Duration.ofDays(90), World.KeyKind.RSA_2048);

    X509Certificate certificate = parse(issued.certificatePem());
    verifyChain(certificate);
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (String) name.get(1))
        .containsExactlyElementsOf(NAMES);
    assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
        .isEqualTo(2048);
    assertThat(certificate.getPublicKey()).isEqualTo(issued.keys().getPublic());
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(issued.notAfter());
    assertThat(Duration.between(issued.notBefore(), issued.notAfter()).plusSeconds(1))
        .isEqualTo(Duration.ofDays(90));
    assertThat(certificate.getSerialNumber().toString(16)).isEqualToIgnoringCase(issued.serial());
  }

  @Test
  void issuesForEllipticCurvesAndNamesOverTheLimitOfTheCommonName() throws Exception {
    String longName = "a".repeat(60) + ".example.com";

    X509Certificate certificate =
        parse(
            authority
                .issue(List.of(longName), NOW, Duration.ofDays(1), World.KeyKind.EC_P256)
                .certificatePem());

    verifyChain(certificate);
    assertThat(certificate.getPublicKey()).isInstanceOf(ECPublicKey.class);
    assertThat(certificate.getSubjectX500Principal().getName()).isEmpty();
  }

  @Test
  void issuesForTheKeyOfARequestAndForNothingElse() throws Exception {
    KeyPair keys = RsaKeys.one();
    String csr = csr(keys, keys);
    String forged = csr(keys, RsaKeys.another());

    Optional<World.Issued> issued = authority.issueForCsr(csr, NAMES, NOW, Duration.ofDays(1));

    assertThat(parse(issued.orElseThrow().certificatePem()).getPublicKey())
        .isEqualTo(keys.getPublic());
    assertThat(issued.orElseThrow().keys()).isNull();
    assertThat(authority.issueForCsr(forged, NAMES, NOW, Duration.ofDays(1))).isEmpty();
    assertThat(authority.issueForCsr("no PEM", NAMES, NOW, Duration.ofDays(1))).isEmpty();
  }

  private static String csr(KeyPair subject, KeyPair signer) throws OperatorCreationException {
    return Pem.encode(
        new JcaPKCS10CertificationRequestBuilder(
                new X500Name("CN=example.com"), subject.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
  }

  private void verifyChain(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(parse(authority.rootPem(NOW)), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
            parameters);
  }

  private static X509Certificate parse(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
