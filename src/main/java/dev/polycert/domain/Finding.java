package dev.polycert.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an own look at one thing to be published saw.
 *
 * @param what the record ({@code TXT _dnsauth.www.example.com}) or the URL
 * @param status the verdict
 * @param seen by each server that was asked: what it answered
 * @param missing one sentence that says what to do, null when all is well
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String what, Status status, List<Seen> seen, @Nullable String missing) {

  public Finding {
    seen = List.copyOf(seen);
  }

  /** The verdict on one thing to be published. */
  public enum Status {
    /** Every server that answers does so with the expected value. */
    PRESENT,
    /** Some servers do, others do not yet. */
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
