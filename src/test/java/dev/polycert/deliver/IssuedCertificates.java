package dev.polycert.deliver;

import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Certificates and keys such as providers give out. */
public final class IssuedCertificates {
  private static final FakeWorld CA = new FakeWorld();

  private IssuedCertificates() {}

  /** Issues one that is new, with a key of its own. */
  public static synchronized CertificateBundle issued(String domain) {
    return issued(domain, World.KeyKind.EC_P256);
  }

  /** As above, with a key of that kind. */
  public static synchronized CertificateBundle issued(String domain, World.KeyKind kind) {
    return issued(List.of(domain), kind);
  }

  /** One for several names. */
  public static synchronized CertificateBundle issued(List<String> names) {
    return issued(names, World.KeyKind.EC_P256);
  }

  private static CertificateBundle issued(List<String> names, World.KeyKind kind) {
    World.Issued issued = CA.issue(names, Duration.ofDays(90), kind);
    KeyPair keys = Objects.requireNonNull(issued.keys());
    return new CertificateBundle(
        issued.certificatePem(),
        issued.chainPem(),
        new PrivateKeyPem(Pem.encode(keys.getPrivate())));
  }

  /** Every line of a key but its first and last, which all keys have. */
  public static List<String> secretLines(CertificateBundle export) {
    return Objects.requireNonNull(export.privateKey())
        .reveal()
        .lines()
        .filter(line -> !line.startsWith("-----"))
        .toList();
  }
}
