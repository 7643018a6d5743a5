package dev.polycert.vendor.acme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts a private CA's roots for TLS, beside those that the system trusts. */
final class TrustedRoots {
  private static final String EMPTY = " (trust of an ACME CA) holds no PEM certificate";
  private static final String UNREADABLE = " (trust of an ACME CA) cannot be read as PEM";

  private TrustedRoots() {}

  /**
   * A TLS context that trusts the certificates of a PEM file as well.
   *
   * @throws BadSetting when the file cannot be read or holds no certificate
   */
  static SSLContext with(Path file) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate root : system()) {
        trusted.setCertificateEntry("system-" + number++, root);
      }
      int before = number;
      for (Certificate root : read(file)) {
        trusted.setCertificateEntry("own-" + number++, root);
      }
      if (number == before) {
        throw new BadSetting(file + EMPTY, null);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted).getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSetting(file + UNREADABLE, e);
    }
  }

  /**
   * Makes sure that a file has certificates.
   *
   * @throws BadSetting when it cannot be read or holds none
   */
  static void require(Path file) {
    try {
      if (!read(file).iterator().hasNext()) {
        throw new BadSetting(file + EMPTY, null);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new BadSetting(file + UNREADABLE, e);
    }
  }

  private static Iterable<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static X509Certificate[] system() throws GeneralSecurityException {
    for (TrustManager manager : managers(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }
}
