package dev.polycert.function.invocation;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the rights of a caller in the claims of its token, which has been verified before. */
@ApplicationScoped
public class Claims {
  private final OidcConfig config;

  public Claims(OidcConfig config) {
    this.config = config;
  }

  /** Whether the configuration names a claim with scopes or limits. */
  boolean named() {
    return Stream.of(config.scopesClaim(), config.suffixesClaim(), config.accountsClaim())
        .anyMatch(Optional::isPresent);
  }

  /**
   * The caller; empty when the token has no subject, lacks a claim with limits, or limits it to
   * what is no domain.
   */
  public Optional<Principal> principal(Map<String, ?> claims) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    texts(claims.get(config.scopesClaim().orElse("scope")))
        .filter(text -> text.startsWith(config.scopePrefix()))
        .map(text -> text.substring(config.scopePrefix().length()))
        .forEach(text -> Scope.of(text).ifPresent(scopes::add));
    List<String> suffixes = limits(claims, config.suffixesClaim());
    List<String> accounts = limits(claims, config.accountsClaim());
    boolean unlimited = scopes.contains(Scope.ADMIN);
    boolean lacks =
        (config.suffixesClaim().isPresent() && suffixes.isEmpty())
            || (config.accountsClaim().isPresent() && accounts.isEmpty());
    if (!claims.containsKey("sub") || (lacks && !unlimited)) {
      return Optional.empty();
    }
    String name = "subject " + claims.get("sub");
    try {
      return Optional.of(
          unlimited
              ? Principal.administrator(name)
              : new Principal(
                  name, scopes, suffixes.stream().map(DomainName::ofHost).toList(), accounts));
    } catch (DomainName.InvalidNameException noName) {
      return Optional.empty();
    }
  }

  private static List<String> limits(Map<String, ?> claims, Optional<String> claim) {
    return claim.map(name -> texts(claims.get(name)).toList()).orElse(List.of());
  }

  /** A claim that is a list of texts, or one text with blanks (RFC 8693, section 4.2). */
  private static Stream<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Stream.of(text.split(" ")).filter(part -> !part.isEmpty());
      case List<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }
}
