package dev.polycert.vendor.tencent.ssl;

import java.util.List;
import java.util.stream.Collectors;

/** Puts the results of CheckCertificateDomainVerification into words. */
final class DomainVerificationText {
  private DomainVerificationText() {}

  static String of(List<DomainVerification> results) {
    return results.stream().map(DomainVerificationText::of).collect(Collectors.joining("; "));
  }

  private static String of(DomainVerification result) {
    StringBuilder text = new StringBuilder();
    text.append(result.domain() == null ? "the domain" : result.domain()).append(": ");
    text.append(local(result));
    if (result.localCheckFailReason() != null && !result.localCheckFailReason().isBlank()) {
      text.append(" (").append(result.localCheckFailReason()).append(')');
    }
    if (!result.passed() && !result.checkValue().isEmpty()) {
      text.append(", found ").append(String.join(", ", result.checkValue()));
    }
    if (result.caCheck() != null) {
      text.append(result.caCheck() == 2 ? ", seen by the CA" : ", not seen by the CA yet");
    }
    return text.toString();
  }

  private static String local(DomainVerification result) {
    if (Boolean.TRUE.equals(result.frequently())) {
      return "not looked at, because it was asked for too often";
    }
    return switch (result.localCheck()) {
      case null -> "no result";
      case 1 -> "in place";
      case -1 -> "the TXT record is missing";
      case -2 -> "the TXT record has another value";
      case -3, -8 -> "the domain has no name server";
      case -4, -9 -> "the file is missing";
      case -5, -10 -> "the file has another content";
      case -6 -> "the CNAME record is missing";
      case -7 -> "the CNAME record has another target";
      default -> "LocalCheck " + result.localCheck();
    };
  }
}
