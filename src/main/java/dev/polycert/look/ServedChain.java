package dev.polycert.look;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whether a server shows all that a client needs to get from its certificate to a root. */
final class ServedChain {
  private ServedChain() {}

  /**
   * What is missing, as the rest of a sentence. Empty when nothing is known to be missing: the
   * roots of a private CA are not known.
   *
   * @param shown the server's own certificate first, the others in any order
   */
  static Optional<String> gap(List<X509Certificate> shown) {
    List<X509Certificate> path = path(shown);
    X509Certificate last = path.getLast();
    if (issued(last, last) || roots().anyMatch(root -> issued(root, last))) {
      return Optional.empty();
    }
    boolean alone = path.size() == 1;
    if (!alone && path.size() == shown.size()) {
      return Optional.empty();
    }
    return Optional.of(
        "serves it without the certificate of its issuer "
            + last.getIssuerX500Principal().getName());
  }

  private static List<X509Certificate> path(List<X509Certificate> shown) {
    List<X509Certificate> rest = new ArrayList<>(shown.subList(1, shown.size()));
    List<X509Certificate> path = new ArrayList<>(List.of(shown.getFirst()));
    for (Optional<X509Certificate> next = issuer(path, rest);
        next.isPresent();
        next = issuer(path, rest)) {
      path.add(next.get());
      rest.remove(next.get());
    }
    return path;
  }

  private static Optional<X509Certificate> issuer(
      List<X509Certificate> path, List<X509Certificate> rest) {
    return rest.stream().filter(candidate -> issued(candidate, path.getLast())).findFirst();
  }

  private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  private static Stream<X509Certificate> roots() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()));
    } catch (GeneralSecurityException none) {
      return Stream.empty();
    }
  }
}
