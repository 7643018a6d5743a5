package dev.polycert.vendor.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.MachineRole;
import dev.polycert.call.MachineRole.Lease;
import dev.polycert.call.MetadataService;
import dev.polycert.call.MetadataService.Reply;
import dev.polycert.call.UtcTime;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The agency of an ECS instance ("Obtaining Metadata", "Security Key"). As the vendor's SDK does,
 * it asks for a token first, and goes on without one where the metadata service knows none.
 */
public final class EcsAgency {
  private static final String TOKEN = "/meta-data/latest/api/token";
  private static final String KEYS = "/openstack/latest/securitykey";

  /**
   * The lifetime of a token, which one fetch uses within seconds; the SDK keeps a token for six
   * hours.
   */
  private static final String SECONDS = "60";

  /** An instance has one agency at most, so there is no name to ask for. */
  public static final MachineRole ROLE =
      new MachineRole(
          List.of(
              MachineRole.variable(
                  "HUAWEICLOUD_ECS_AGENCY",
                  "`true`: in place of keys, on an ECS instance: its agency")),
          Pattern.compile("true"),
          "true",
          URI.create("http://169.254.169.254"),
          (metadata, role, variables) -> fetch(metadata));

  private EcsAgency() {}

  private static Uni<Answer<Lease>> fetch(MetadataService metadata) {
    return Answer.then(
        metadata.put(TOKEN, Map.of("X-Metadata-Token-Ttl-Seconds", SECONDS)),
        answer ->
            switch (answer.value().status()) {
              case 200 -> keys(metadata, Map.of("X-Metadata-Token", answer.value().body()));
              // Metadata services without tokens.
              case 404, 405 -> keys(metadata, Map.of());
              default -> MetadataService.<Lease>refused(answer.value()).now();
            });
  }

  private static Uni<Answer<Lease>> keys(MetadataService metadata, Map<String, String> headers) {
    return metadata.get(KEYS, headers).map(answer -> answer.then(got -> lease(got.value())));
  }

  private static Answer<Lease> lease(Reply reply) {
    // The SDK knows this refusal by its text: a wrong token has the same status.
    if (reply.status() == 404 || (reply.status() == 401 && reply.body().contains("Agency"))) {
      return MetadataService.refused(ErrorClass.CREDENTIALS, "this machine has no agency");
    }
    JsonNode keys = reply.json().path("credential");
    String keyId = keys.path("access").asText();
    String secret = keys.path("secret").asText();
    String token = keys.path("securitytoken").asText();
    Instant end = UtcTime.parse(keys.path("expires_at").asText());
    return !reply.succeeded()
            || keyId.isEmpty()
            || secret.isEmpty()
            || token.isEmpty()
            || end == null
        ? MetadataService.refused(reply)
        : Answer.of(new Lease(Credentials.known(keyId, secret, token), end));
  }
}
