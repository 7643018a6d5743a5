package dev.polycert.deliver.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.provider.Export;
import java.util.List;
import java.util.Objects;

/** The files of one certificate. */
final class PemSet {
  private final List<PemFile> files;

  private PemSet(List<PemFile> files) {
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

  static PemSet of(Export export) {
    String key = Objects.requireNonNull(export.privateKey()).reveal();
    return new PemSet(
        List.of(
            new PemFile("privkey.pem", key, true),
            new PemFile("cert.pem", export.certificate(), false),
            new PemFile("chain.pem", export.chain(), false),
            new PemFile("fullchain.pem", export.fullChain(), false)));
  }

  List<PemFile> files() {
    return files;
  }
}
