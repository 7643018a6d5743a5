package dev.polycert.call;

import dev.polycert.call.Descriptor.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one account, read from the environment under the vendor's own variable names, or fetched
 * for a {@link MachineRole}. Only a signer gets them.
 */
public final class Credentials {
  private final String keyId;
  private final String secret;
  private final @Nullable String token;
  private final List<String> missing;
  private final @Nullable MachineRole role;

  private Credentials(
      String keyId,
      String secret,
      @Nullable String token,
      List<String> missing,
      @Nullable MachineRole role) {
    this.keyId = keyId;
    this.secret = secret;
    this.token = token;
    this.missing = missing;
    this.role = role;
  }

  /**
   * Reads the variables of a service's credentials: those of the {@link NamedAccount} whose beans
   * are being made.
   */
  public static Credentials of(Config config, Descriptor service) {
    String keyId = value(config, service, Part.KEY_ID).orElse("");
    String secret = value(config, service, Part.SECRET).orElse("");
    MachineRole role =
        keyId.isEmpty() && secret.isEmpty() ? askedFor(config, service.role()) : null;
    List<String> missing = new ArrayList<>();
    for (Descriptor.Variable own : service.variables()) {
      String name = NamedAccount.variable(own.name());
      boolean fromRole = role != null && own.part() != Part.OTHER;
      if (own.required() && !fromRole && value(config, name).isEmpty()) {
        missing.add(name);
      }
    }
    return new Credentials(
        keyId, secret, value(config, service, Part.TOKEN).orElse(null), missing, role);
  }

  private static @Nullable MachineRole askedFor(Config config, @Nullable MachineRole role) {
    return role != null && value(config, NamedAccount.variable(role.variable())).isPresent()
        ? role
        : null;
  }

  /** Keys from another source than the service's own variables. */
  public static Credentials known(String keyId, String secret, @Nullable String token) {
    return new Credentials(keyId, secret, token, List.of(), null);
  }

  private static Optional<String> value(Config config, Descriptor service, Part part) {
    return service.variable(part).map(NamedAccount::variable).flatMap(name -> value(config, name));
  }

  /** The value of a variable; empty when it has none. */
  static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class).map(String::trim).filter(v -> !v.isEmpty());
  }

  public String keyId() {
    return keyId;
  }

  public String secret() {
    return secret;
  }

  /** The session token of temporary credentials. */
  public @Nullable String token() {
    return token;
  }

  /** The role of the machine that gives the keys; null when variables give them. */
  @Nullable MachineRole role() {
    return role;
  }

  /** The required variables that are not set. */
  public List<String> missing() {
    return missing;
  }

  /** Contains no key. */
  @Override
  public String toString() {
    return missing.isEmpty() ? "Credentials[set]" : "Credentials[missing " + missing + "]";
  }
}
