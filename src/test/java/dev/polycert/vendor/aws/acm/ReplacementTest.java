package dev.polycert.vendor.aws.acm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.RsaKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** What ACM holds against a certificate under the ARN of another one. */
class ReplacementTest {
  private static final int BOTH = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
  private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
  private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;

  private static String certificate(int bits, int usages, KeyPurposeId... purposes)
      throws Exception {
    KeyPair keys = RsaKeys.of(bits, 0);
    X500Name name = new X500Name("CN=www.example.com");
    Instant now = Instant.parse("2026-11-29T00:00:00Z");
    return Pem.encode(
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now),
                        Date.from(now.plus(Duration.ofDays(90))),
                        name,
                        keys.getPublic())
                    .addExtension(Extension.keyUsage, true, new KeyUsage(usages))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))));
  }

  @Test
  void anotherKeyIsNamed() throws Exception {
    assertThat(
            Replacement.obstacle(certificate(2048, BOTH, SERVER), certificate(3072, BOTH, SERVER)))
        .contains("the certificate there has a key of RSA 2048, this one of RSA 3072");
  }

  /** Let's Encrypt's profile tlsserver has no key encipherment, and no client authentication. */
  @Test
  void aUsageThatIsLackingIsNamedSaveForClients() throws Exception {
    String classic = certificate(2048, BOTH, SERVER, CLIENT);
    String tlsserver = certificate(2048, KeyUsage.digitalSignature, SERVER);

    assertThat(Replacement.obstacle(classic, tlsserver))
        .contains("this certificate lacks key usages of the one there: keyEncipherment");
    assertThat(Replacement.obstacle(tlsserver, classic)).isEmpty();
    assertThat(Replacement.obstacle(classic, "no certificate")).isEmpty();
  }

  @Test
  void importsOfTheLastYearAreCountedAndReportedBeforeTheQuotaIsMet() throws Exception {
    Instant now = Instant.parse("2026-11-29T00:00:00Z");
    long recent = now.minus(Duration.ofDays(364)).getEpochSecond();
    long old = now.minus(Duration.ofDays(366)).getEpochSecond();
    String page =
        """
        {"CertificateSummaryList":[
          {"Type":"IMPORTED","ImportedAt":%1$d.5},
          {"Type":"IMPORTED","ImportedAt":%1$d},
          {"Type":"IMPORTED","ImportedAt":%2$d},
          {"Type":"IMPORTED"},
          {"Type":"AMAZON_ISSUED","ImportedAt":%1$d}]}
        """
            .formatted(recent, old);

    assertThat(Imports.count(new ObjectMapper().readTree(page), now)).isEqualTo(2);
    assertThat(Imports.warning("us-east-1", 3_999)).isEmpty();
    assertThat(Imports.warning("us-east-1", 4_000).orElseThrow())
        .startsWith("us-east-1: at least 4000 certificates were imported in the last 365 days");
  }
}
