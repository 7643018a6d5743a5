package dev.polycert.vendor.huawei;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names the certificates that Polycert uploads to products, and finds them again. */
public final class Uploads {
  private static final String PREFIX = "polycert-";
  private static final int NAMED_BY = 16;
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /** An IP address, or a name of another kind, as {@link Pem#names} shows them. */
  private static final Pattern NO_DNS_NAME = Pattern.compile("^\\[|:|^\\d+(\\.\\d+){3}$");

  private Uploads() {}

  /** The name of a certificate, made of its fingerprint; empty when it cannot be read. */
  public static Optional<String> name(String certificate) {
    return Pem.fingerprint(certificate).map(Uploads::nameOf);
  }

  /** The same, from a known fingerprint. */
  public static String nameOf(String fingerprint) {
    return PREFIX + fingerprint.substring(0, NAMED_BY);
  }

  /** Whether a name is one of ours. */
  public static boolean isOurs(String name) {
    return name.startsWith(PREFIX);
  }

  /** Whether two texts begin with the same certificate. */
  public static boolean isSame(String one, String other) {
    return Pem.fingerprint(one)
        .filter(same -> Pem.fingerprint(other).equals(Optional.of(same)))
        .isPresent();
  }

  /** The DNS names of a certificate; none when it cannot be read. */
  public static List<String> dnsNames(String certificate) {
    return Pem.certificate(certificate).map(Uploads::dnsNames).orElse(List.of());
  }

  private static List<String> dnsNames(X509Certificate certificate) {
    return Pem.names(certificate).stream()
        .filter(name -> !NO_DNS_NAME.matcher(name).find())
        .toList();
  }

  /** Whether names cover one, which may have an asterisk itself. */
  public static boolean covers(List<String> names, String name) {
    return names.stream().anyMatch(each -> DnsNames.covers(each, name));
  }

  /** The names that would have no certificate if one certificate replaced another. */
  public static List<String> uncovered(String there, String wanted) {
    List<String> covering = dnsNames(wanted);
    return dnsNames(there).stream().filter(name -> !covers(covering, name)).toList();
  }

  /** The items of an option that lists several, each once. */
  public static List<String> list(Map<String, String> options, String option) {
    return COMMA
        .splitAsStream(options.getOrDefault(option, "").strip())
        .filter(item -> !item.isEmpty())
        .distinct()
        .toList();
  }

  /** Refuses a target or a certificate before anything is sent. */
  public static <T> Answer<T> refused(String code, String message) {
    return Answer.refused(new VendorError(ErrorClass.FINAL, code, message));
  }
}
