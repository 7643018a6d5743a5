package dev.polycert.call;

import dev.polycert.call.MachineRole.Lease;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches the keys of a machine's role from a metadata service of a test. */
public final class RoleTesting {

  private RoleTesting() {}

  /**
   * Fetches keys.
   *
   * @param variables the others that the role reads
   */
  public static Answer<Lease> fetch(
      MachineRole role, Vertx vertx, URI metadata, String value, Map<String, String> variables) {
    return role.protocol()
        .fetch(
            new MetadataService(
                vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false)), metadata),
            value,
            name -> Optional.ofNullable(variables.get(name)))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  /** The id, the secret and the token of fetched keys, and their end. */
  public static String shown(Answer<Lease> answer) {
    return answer instanceof Answer.Success<Lease>(Lease lease, var _)
        ? String.join(
            " ",
            lease.keys().keyId(),
            lease.keys().secret(),
            String.valueOf(lease.keys().token()),
            lease.end().toString())
        : ((Answer.Failed<Lease>) answer).failure().error().toString();
  }
}
