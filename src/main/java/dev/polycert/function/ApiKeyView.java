package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of the API in an answer.
 *
 * @param suffixes the domains that it is limited to, with all names below them; empty for any
 * @param accounts the providers and deliverers that it is limited to; empty for all
 * @param key the key itself, right after it was made and never again
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKeyView(
    String id,
    String name,
    List<Scope> scopes,
    List<String> suffixes,
    List<String> accounts,
    Instant createdAt,
    @Nullable String key) {

  public ApiKeyView {
    scopes = List.copyOf(scopes);
    suffixes = List.copyOf(suffixes);
    accounts = List.copyOf(accounts);
  }

  static ApiKeyView of(ApiKey key, @Nullable String secret) {
    return new ApiKeyView(
        key.id(),
        key.name(),
        key.scopes().stream().sorted().toList(),
        key.suffixes().stream().map(DomainName::ascii).toList(),
        key.accounts(),
        key.createdAt(),
        secret);
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "ApiKeyView[" + id + "]";
  }
}
