package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Temporary keys that a cloud gives the machine itself, through the metadata service that only the
 * machine can reach. They are used where a variable asks for them and no keys are set.
 *
 * @param variables the variables that the role reads; the first one asks for the role
 * @param values the values that the first variable may have
 * @param example such a value, for messages
 * @param metadata the address of the vendor's metadata service
 * @param protocol how its keys are fetched
 */
public record MachineRole(
    List<Descriptor.Variable> variables,
    Pattern values,
    String example,
    URI metadata,
    Protocol protocol) {

  public MachineRole {
    variables = List.copyOf(variables);
  }

  /** An optional variable that a role reads. */
  public static Descriptor.Variable variable(String name, String meaning) {
    return new Descriptor.Variable(name, Descriptor.Part.OTHER, false, meaning);
  }

  /** The variable that asks for the keys of this role. */
  String variable() {
    return variables.getFirst().name();
  }

  /** Fetches keys as the vendor's own SDKs do. */
  @FunctionalInterface
  public interface Protocol {

    /**
     * Fetches the keys of this moment.
     *
     * @param role the value of the first variable
     * @param variables gives the account's values of the others
     * @return a refusal of the class {@code CREDENTIALS} where there is no such role, of the class
     *     {@code RETRY} where another try may succeed; never with the text of an answer, which may
     *     hold keys
     */
    Uni<Answer<Lease>> fetch(
        MetadataService metadata, String role, Function<String, Optional<String>> variables);
  }

  /**
   * Keys for a time.
   *
   * @param end from when on they are not valid
   */
  public record Lease(Credentials keys, Instant end) {}
}
