package dev.polycert.call;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.polycert.log.Redaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.inject.Provider;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;

/** The roles whose keys an account uses. All clients of the account share the keys of a role. */
@PerAccount
public class MachineRoles {
  private final Config config;
  private final HttpConfig http;
  private final Clock clock;

  /**
   * Made with the first keys only: it reads all settings, and most starts have no time for that.
   */
  private final Provider<Redaction> redaction;

  private final Supplier<HttpClient> client;
  private final Optional<NamedAccount> account = NamedAccount.current();
  private final Map<String, KeySource> byVariable = new ConcurrentHashMap<>();

  MachineRoles(
      Config config, HttpConfig http, Vertx vertx, Clock clock, Provider<Redaction> redaction) {
    this.config = config;
    this.http = http;
    this.clock = clock;
    this.redaction = redaction;
    this.client =
        Suppliers.memoize(
            () ->
                vertx.createHttpClient(
                    new HttpClientOptions()
                        .setConnectTimeout((int) MetadataService.CONNECT.toMillis())
                        .setKeepAlive(false)));
  }

  /** The keys of a service: those of the machine's role where a variable asks for it. */
  KeySource keys(Credentials own) {
    MachineRole role = own.role();
    return role == null
        ? KeySource.fixed(own)
        : byVariable.computeIfAbsent(variable(role.variable()), variable -> keys(variable, role));
  }

  private KeySource keys(String variable, MachineRole role) {
    String value = Credentials.value(config, variable).orElse("");
    MetadataService metadata =
        new MetadataService(client.get(), http.metadataEndpoint().orElse(role.metadata()));
    return new RoleKeys(
        () ->
            role.values().matcher(value).matches()
                ? role.protocol()
                    .fetch(metadata, value, name -> Credentials.value(config, variable(name)))
                    .map(answer -> naming(variable, answer))
                : wrong(variable, role),
        clock,
        secrets -> redaction.get().learn(variable, secrets));
  }

  private String variable(String own) {
    return NamedAccount.making(account, () -> NamedAccount.variable(own));
  }

  private static <T> Uni<Answer<T>> wrong(String variable, MachineRole role) {
    return Answer.<T>refused(
            new VendorError(
                ErrorClass.CREDENTIALS,
                "Configuration",
                "%s must be %s".formatted(variable, role.example())))
        .now();
  }

  /** A refusal names the variable that asks for the role. */
  private static <T> Answer<T> naming(String variable, Answer<T> answer) {
    return answer.recover(
        failure -> {
          VendorError error = failure.error();
          return Answer.refused(
              new VendorError(error.errorClass(), error.code(), variable + ": " + error.message()));
        });
  }
}
