package dev.polycert.look;

import dev.polycert.domain.Issuer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges whether the CAA records of a name let a CA issue (RFC 8659, section 4, and RFC 8657). */
final class CaaVerdict {
  private static final String ACCOUNT = "accounturi";
  private static final String METHODS = "validationmethods";

  private final List<CaaProperty> properties;
  private final boolean wildcard;
  private final Issuer issuer;

  /**
   * @param properties those of the relevant record set, at least one
   * @param wildcard whether the certificate is for a wildcard
   */
  CaaVerdict(List<CaaProperty> properties, boolean wildcard, Issuer issuer) {
    this.properties = properties;
    this.wildcard = wildcard;
    this.issuer = issuer;
  }

  /**
   * Why the CA may not issue, and what would change that; empty where it may.
   *
   * @param where the name that the records stand at, as a person may add one there
   */
  Optional<String> refusal(String where) {
    Optional<CaaProperty> unknown = properties.stream().filter(CaaProperty::forbidsAll).findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          ("CAA %s has %s, which is critical and unknown to CAs, so that none may issue: remove"
                  + " it, or its flag 128")
              .formatted(where, unknown.get().text()));
    }
    List<CaaProperty> relevant = relevant();
    if (relevant.isEmpty() || relevant.stream().anyMatch(it -> unmet(it) == null)) {
      return Optional.empty();
    }
    String conditions =
        relevant.stream()
            .map(this::unmet)
            .filter(unmet -> unmet != null && !unmet.isEmpty())
            .findFirst()
            .map(unmet -> " " + unmet)
            .orElse("");
    return Optional.of(
        "CAA %s has %s, which does not let %s CA issue%s%s: %s"
            .formatted(
                where,
                relevant.stream().limit(5).map(CaaProperty::text).collect(Collectors.joining(", ")),
                issuer.identities().isEmpty() ? "any" : "this",
                wildcard ? " for a wildcard" : "",
                conditions,
                issuer.identities().isEmpty()
                    ? "remove it, or add the CA"
                    : "add CAA %s with value 0 %s \"%s\""
                        .formatted(
                            where,
                            relevant.getFirst().tag(),
                            String.join("\" or \"", issuer.identities()))));
  }

  /** For a wildcard, issuewild records take precedence (section 4.3). */
  private List<CaaProperty> relevant() {
    List<CaaProperty> own = wildcard ? tagged(CaaProperty.ISSUE_WILD) : List.of();
    return own.isEmpty() ? tagged(CaaProperty.ISSUE) : own;
  }

  private List<CaaProperty> tagged(String tag) {
    return properties.stream().filter(it -> it.tag().equals(tag)).toList();
  }

  /** The condition that is not met: null where all are, empty where another CA is meant. */
  private @Nullable String unmet(CaaProperty property) {
    Optional<CaaProperty.Grant> named = property.grant().filter(it -> isIssuer(it.issuer()));
    if (named.isEmpty()) {
      return "";
    }
    CaaProperty.Grant grant = named.get();
    List<String> accounts = grant.values(ACCOUNT);
    if (accounts.size() > 1) {
      return "(a property with two accounts allows none)";
    }
    String account = issuer.account();
    // Without an account yet, only the CA can compare it with the record.
    if (account != null && accounts.stream().anyMatch(only -> !only.equals(account))) {
      return "by this account, which is " + account;
    }
    String method = issuer.method();
    return method == null
            || grant.values(METHODS).stream()
                .allMatch(methods -> List.of(methods.split(",")).contains(method))
        ? null
        : "by a validation with " + method;
  }

  /** A CA whose names are unknown may be any of those that the records name. */
  private boolean isIssuer(String name) {
    return issuer.identities().isEmpty()
        ? !name.isEmpty()
        : issuer.identities().stream()
            .anyMatch(identity -> identity.toLowerCase(Locale.ROOT).equals(name));
  }
}
