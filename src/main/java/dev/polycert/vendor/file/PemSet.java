package dev.polycert.vendor.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import java.util.List;
import java.util.Objects;

/** The files of one certificate, and the domain that it was ordered for. */
final class PemSet {
  /** The file of the certificate without those of its issuers. */
  static final String CERTIFICATE = "cert.pem";

  private final DomainName domain;
  private final List<PemFile> files;

  private PemSet(DomainName domain, List<PemFile> files) {
    this.domain = domain;
    this.files = files;
  }

  /** One file; its content is shown by nothing. */
  static final class PemFile {
    private final String name;
    private final byte[] content;
    private final boolean secret;

    private PemFile(String name, String content, boolean secret) {
      this.name = name;
      this.content = content.getBytes(UTF_8);
      this.secret = secret;
    }

    String name() {
      return name;
    }

    byte[] content() {
      return content;
    }

    /** Whether its owner alone may read it. */
    boolean secret() {
      return secret;
    }
  }

  static PemSet of(DomainName domain, CertificateBundle export) {
    String key = Objects.requireNonNull(export.privateKey()).reveal();
    return new PemSet(
        domain,
        List.of(
            new PemFile("privkey.pem", key, true),
            new PemFile(CERTIFICATE, export.certificate(), false),
            new PemFile("chain.pem", export.chain(), false),
            new PemFile("fullchain.pem", export.fullChain(), false)));
  }

  /** The names of another certificate when this one's domain is not among them; else none. */
  List<String> othersNames(String certificate) {
    List<String> names = Pem.certificate(certificate).map(Pem::names).orElse(List.of());
    return names.contains(domain.ascii()) ? List.of() : names;
  }

  List<PemFile> files() {
    return files;
  }
}
