package dev.polycert.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of our own look for one validation.
 *
 * @param what the record ({@code TXT _dnsauth.www.example.com}) or the URL
 * @param status the verdict
 * @param seen the answer of each server that was asked
 * @param missing one sentence that says what to do, null when all is well
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String what, Status status, List<Seen> seen, @Nullable String missing) {

  public Finding {
    seen = List.copyOf(seen);
  }

  /** Whether the validation is published. */
  public enum Status {
    /** Every server that answers has the expected value. */
    PRESENT,
    /** Some servers or addresses have it, others do not yet. */
    PARTIAL,
    /** There is a record or file, with another value. */
    DIFFERENT,
    /** There is none. */
    ABSENT,
    /** No server could be asked in time. */
    UNREACHABLE
  }

  /**
   * What one server answered.
   *
   * @param server name and address of the server, or the URL
   * @param values what it answered, chains of CNAME as {@code a -> b}
   * @param error why it gave no answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Seen(String server, List<String> values, @Nullable String error) {

    public Seen {
      values = List.copyOf(values);
    }
  }
}
