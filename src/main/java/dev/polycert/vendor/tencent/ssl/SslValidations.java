package dev.polycert.vendor.tencent.ssl;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.tencent.ssl.SslCertificate.DvAuth;
import dev.polycert.vendor.tencent.ssl.SslCertificate.DvAuthDetail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what has to be published out of a certificate's {@code DvAuthDetail}. */
final class SslValidations {
  private static final String GUESSED =
      "Tencent Cloud did not name the record's type; this one fits the value.";

  private SslValidations() {}

  static List<Validation> of(DomainName domain, @Nullable DvAuthDetail detail) {
    return detail == null
        ? List.of()
        : detail.all().stream().flatMap(auth -> one(domain, auth).stream()).toList();
  }

  private static Optional<Validation> one(DomainName ordered, DvAuth auth) {
    String value = said(auth.dvAuthValue());
    String key = said(auth.dvAuthKey());
    String path = said(auth.dvAuthPath());
    String saidType = said(auth.dvAuthVerifyType());
    if (value == null) {
      return Optional.empty();
    }
    String type = saidType == null ? likelyType(path, value) : saidType.toUpperCase(Locale.ROOT);
    String domain = domain(ordered, auth);
    if (type.startsWith("FILE")) {
      return Optional.ofNullable(path)
          .map(some -> Validation.file(domain, url(domain, some, key), value));
    }
    return Optional.ofNullable(key)
        .map(name -> Validation.dns(domain, name, type, value))
        .map(record -> saidType == null ? record.withNote(GUESSED) : record);
  }

  private static String domain(DomainName ordered, DvAuth auth) {
    String domain = said(auth.dvAuthDomain());
    if (domain == null) {
      return ordered.base();
    }
    return domain.startsWith("*.") ? domain.substring(2) : domain;
  }

  /** Where no type is said: a path is for a file, and only the target of a CNAME has dots. */
  private static String likelyType(@Nullable String path, String value) {
    if (path != null) {
      return "FILE";
    }
    return value.contains(".") ? "CNAME" : "TXT";
  }

  /** A path that ends in a slash names the folder of a file that is named by the key. */
  private static String url(String domain, String path, @Nullable String key) {
    String absolute = path.startsWith("/") ? path : "/" + path;
    String file = absolute.endsWith("/") && key != null ? key : "";
    return "http://" + domain + absolute + file;
  }

  private static @Nullable String said(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
