package dev.polycert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyStoreFile;
import dev.polycert.provider.Pem;
import dev.polycert.provider.PrivateKeyPem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of one certificate, and the domain that it was ordered for. */
public final class CertificateFiles {
  /** The file of the certificate without its issuers; every format has it. */
  public static final String CERTIFICATE = "cert.pem";

  private final DomainName domain;
  private final List<OneFile> files;
  private final PrivateKeyPem key;

  private CertificateFiles(DomainName domain, List<OneFile> files, PrivateKeyPem key) {
    this.domain = domain;
    this.files = files;
    this.key = key;
  }

  /** One file. Its {@code toString} hides the content. */
  public static final class OneFile {
    private final String name;
    private final byte[] content;
    private final boolean secret;
    private final Predicate<byte[]> same;

    private OneFile(String name, byte[] content, boolean secret, Predicate<byte[]> same) {
      this.name = name;
      this.content = content;
      this.secret = secret;
      this.same = same;
    }

    private static OneFile of(String name, String text, boolean secret) {
      byte[] content = text.getBytes(UTF_8);
      return new OneFile(name, content, secret, other -> Arrays.equals(content, other));
    }

    public String name() {
      return name;
    }

    public byte[] content() {
      return content.clone();
    }

    /** Whether it has the key. */
    public boolean secret() {
      return secret;
    }
  }

  /** Reads the files that are at a target. */
  @FunctionalInterface
  public interface Target {

    /** The content of the file of that name; null without one. */
    byte @Nullable [] read(String name) throws IOException;
  }

  /**
   * Makes the files.
   *
   * @param password of PKCS#12 and JKS files
   * @return empty when the parts from the provider do not fit the format
   */
  public static Optional<CertificateFiles> of(
      DomainName domain, CertificateBundle export, FileForm form, String password) {
    String certificate = Pem.text(export.certificate());
    PrivateKeyPem given = Objects.requireNonNull(export.privateKey());
    KeyStoreFile store = form.store();
    if (store != null) {
      return store
          .of(export, password)
          .map(
              content ->
                  new OneFile(
                      store == KeyStoreFile.JKS ? "certificate.jks" : "certificate.p12",
                      content,
                      true,
                      // Each time it is written, its random parts differ.
                      other -> store.holds(other, export, password)))
          .map(
              file ->
                  new CertificateFiles(
                      domain, List.of(file, OneFile.of(CERTIFICATE, certificate, false)), given));
    }
    PrivateKeyPem key = form.key().of(given);
    return Optional.of(
        new CertificateFiles(
            domain,
            List.of(
                OneFile.of("privkey.pem", Pem.text(key.reveal()), true),
                OneFile.of(CERTIFICATE, certificate, false),
                OneFile.of("chain.pem", Pem.text(export.chain()), false),
                OneFile.of("fullchain.pem", export.fullChain(), false)),
            key));
  }

  /** Whether a target has all of them. */
  public boolean areAt(Target target) throws IOException {
    for (OneFile file : files) {
      byte[] there = target.read(file.name());
      if (there == null || !file.same.test(there)) {
        return false;
      }
    }
    return true;
  }

  /** The names of the certificate at a target when this one's domain is not among them. */
  public List<String> othersNames(Target target) throws IOException {
    return othersNames(domain, target);
  }

  /** The names of the certificate at a target when a domain is not among them. */
  public static List<String> othersNames(DomainName domain, Target target) throws IOException {
    byte[] there = target.read(CERTIFICATE);
    List<String> names =
        there == null
            ? List.of()
            : Pem.certificate(new String(there, UTF_8)).map(Pem::names).orElse(List.of());
    return names.contains(domain.ascii()) ? List.of() : names;
  }

  /** The same error without the pieces of the key, in the form that the files have. */
  public VendorError hideIn(VendorError error) {
    return key.hideIn(error);
  }

  public List<OneFile> files() {
    return files;
  }
}
