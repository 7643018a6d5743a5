package dev.polycert.vendor.tencent.ssl;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How Tencent Cloud sees the validation of one domain (CheckCertificateDomainVerification).
 *
 * @param localCheck 1 when it is in place; negative values say what is wrong
 * @param caCheck -1 not passed, 2 passed
 * @param checkValue what was found instead
 * @param frequently the check was asked for too often and was not made
 */
@RegisterForReflection
record DomainVerification(
    @Nullable String domain,
    @Nullable Integer localCheck,
    @Nullable Integer caCheck,
    @Nullable String localCheckFailReason,
    List<String> checkValue,
    @Nullable Boolean frequently,
    @Nullable Boolean issued) {

  boolean passed() {
    return localCheck != null && localCheck == 1;
  }

  /** Puts the results for all domains of a certificate into words. */
  static String text(List<DomainVerification> results) {
    return results.stream().map(DomainVerification::text).collect(Collectors.joining("; "));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(domain == null ? "the domain" : domain).append(": ");
    text.append(local());
    if (localCheckFailReason != null && !localCheckFailReason.isBlank()) {
      text.append(" (").append(localCheckFailReason).append(')');
    }
    if (!passed() && !checkValue.isEmpty()) {
      text.append(", found ").append(String.join(", ", checkValue));
    }
    if (caCheck != null) {
      text.append(caCheck == 2 ? ", seen by the CA" : ", not seen by the CA yet");
    }
    return text.toString();
  }

  private String local() {
    if (Boolean.TRUE.equals(frequently)) {
      return "not looked at, because it was asked for too often";
    }
    return switch (localCheck) {
      case null -> "no result";
      case 1 -> "in place";
      case -1 -> "the TXT record is missing";
      case -2 -> "the TXT record has another value";
      case -3, -8 -> "the domain has no name server";
      case -4, -9 -> "the file is missing";
      case -5, -10 -> "the file has another content";
      case -6 -> "the CNAME record is missing";
      case -7 -> "the CNAME record has another target";
      default -> "LocalCheck " + localCheck;
    };
  }
}
