package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.PullKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull key in an answer.
 *
 * @param domain whose certificate it gets; null where it gets those below a suffix
 * @param key the key itself, right after it was made and never again
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PullKeyView(
    String id,
    @Nullable String domain,
    @Nullable String suffix,
    @Nullable String note,
    Instant createdAt,
    @Nullable String key) {

  static PullKeyView of(PullKey key, @Nullable String secret) {
    String name = key.domain().ascii();
    return new PullKeyView(
        key.id(),
        key.below() ? null : name,
        key.below() ? name : null,
        key.note(),
        key.createdAt(),
        secret);
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "PullKeyView[" + id + "]";
  }
}
