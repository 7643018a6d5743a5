package dev.polycert.provider.tencent.ssl;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Validation;
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
    if (detail == null) {
      return List.of();
    }
    if (detail.dvAuths().isEmpty()) {
      return one(
              domain,
              new DvAuth(
                  detail.dvAuthKey(),
                  detail.dvAuthValue(),
                  detail.dvAuthDomain(),
                  detail.dvAuthPath(),
                  null))
          .stream()
          .toList();
    }
    return detail.dvAuths().stream().flatMap(auth -> one(domain, auth).stream()).toList();
  }

  private static Optional<Validation> one(DomainName ordered, DvAuth auth) {
    String value = auth.dvAuthValue();
    if (blank(value)) {
      return Optional.empty();
    }
    String domain = domain(ordered, auth);
    String type = type(auth, value);
    if (type.startsWith("FILE")) {
      return blank(auth.dvAuthPath())
          ? Optional.empty()
          : Optional.of(Validation.file(domain, url(domain, auth), value));
    }
    if (blank(auth.dvAuthKey())) {
      return Optional.empty();
    }
    Validation record = Validation.dns(domain, auth.dvAuthKey(), type, value);
    return Optional.of(blank(auth.dvAuthVerifyType()) ? record.withNote(GUESSED) : record);
  }

  private static String domain(DomainName ordered, DvAuth auth) {
    String told = auth.dvAuthDomain();
    if (blank(told)) {
      return ordered.base();
    }
    return told.startsWith("*.") ? told.substring(2) : told;
  }

  /** Where no type is told: a path is for a file, and only the target of a CNAME has dots. */
  private static String type(DvAuth auth, String value) {
    if (!blank(auth.dvAuthVerifyType())) {
      return auth.dvAuthVerifyType().toUpperCase(Locale.ROOT);
    }
    if (!blank(auth.dvAuthPath())) {
      return "FILE";
    }
    return value.contains(".") ? "CNAME" : "TXT";
  }

  /** A path that ends in a slash names the folder of a file that is named by the key. */
  private static String url(String domain, DvAuth auth) {
    String path = auth.dvAuthPath();
    String absolute = path.startsWith("/") ? path : "/" + path;
    boolean folder = absolute.endsWith("/") && !blank(auth.dvAuthKey());
    return "http://" + domain + absolute + (folder ? auth.dvAuthKey() : "");
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
