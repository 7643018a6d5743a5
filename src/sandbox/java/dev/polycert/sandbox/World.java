package dev.polycert.sandbox;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all emulated vendors share. */
public interface World {

  /** The sandbox's time, which the control API can advance. Certificates and deadlines go by it. */
  Instant now();

  /**
   * The callers' time, save for a skew, which is never advanced. The dates of signatures are judged
   * by it, because nobody advances the clock of the callers.
   */
  Instant wallClock();

  /** A random lower-case UUID for request ids. */
  String requestId();

  /** Random text of that many characters out of the alphabet. */
  String random(int length, String alphabet);

  /** The values that the sandbox's DNS serves now; the name without trailing dot, any case. */
  List<String> dns(String name, String type);

  /** Sets a record beside the values that the name has, as a vendor does that hosts the zone. */
  void addDns(String name, String type, String value);

  /** Removes that one value. */
  void removeDns(String name, String type, String value);

  /** The content that the sandbox's web serves for {@code http://host/path}. */
  Optional<String> file(String host, String path);

  /** Issues a real X.509 certificate from the sandbox's CA. */
  Issued issue(List<String> names, Duration validity, KeyKind keys);

  /** Issues for the public key of a PKCS#10 request in PEM; empty when that cannot be read. */
  Optional<Issued> issueForCsr(String csrPem, List<String> names, Duration validity);

  /** The key pair to make. */
  enum KeyKind {
    RSA_2048,
    EC_P256
  }

  /**
   * A certificate that was issued.
   *
   * @param keys null when it was issued for somebody's CSR
   * @param chainPem the CA's own certificate in PEM
   * @param serial upper-case hex
   */
  record Issued(
      String certificatePem,
      String chainPem,
      @Nullable KeyPair keys,
      String serial,
      String sha1,
      String sha256,
      Instant notBefore,
      Instant notAfter,
      String issuer) {}

  /**
   * Writes an application that took effect (a certificate applied for or bought) into the ledger,
   * which tests read to count what really happened.
   */
  void ledger(String provider, String operation, String domain, String vendorId);

  /**
   * Takes one call out of a limit of calls per second (strict sliding window).
   *
   * @return false when the vendor would refuse it as throttled
   */
  boolean permit(String provider, String operation, double perSecond);

  /** Whether the sandbox accounts own this registrable domain. True for any unless configured. */
  boolean owns(String domain);

  /** The registrable domain above a name, or the name itself, {@code example.com}. */
  String registrableDomain(String domain);

  /** How long the emulated CAs take from a passed validation to the certificate. */
  Duration issueDelay();

  /** The registrable domains that are configured to be owned; empty when any is. */
  List<String> ownedDomains();

  /** The secret for an access key id of that vendor; empty for an unknown id. */
  Optional<Secret> secret(String provider, String accessKeyId);

  /**
   * What goes with an access key id.
   *
   * @param token the session token that must come with it, or null
   */
  record Secret(String secretKey, @Nullable String token) {
    @Override
    public String toString() {
      return "Secret[hidden]";
    }
  }

  /** Remembers a nonce for the validity of dates; false when it was seen before. */
  boolean freshNonce(String provider, String nonce);

  /** Registers state to be emptied when the sandbox is reset. */
  void onReset(Runnable forget);

  /**
   * Free certificates per account and vendor.
   *
   * @param what a provider id, or a provider id with the name of a further limit: {@code
   *     tencent-ssl/main-domain}
   */
  int quota(String what);
}
