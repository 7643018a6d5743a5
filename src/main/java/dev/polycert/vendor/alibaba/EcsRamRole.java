package dev.polycert.vendor.alibaba;

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
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The RAM role that is attached to an ECS instance. As the vendor's SDK does, it asks for a token
 * first, which an instance in security hardening mode requires, and goes on without one where the
 * metadata service gives none.
 */
public final class EcsRamRole {
  private static final String TOKEN = "/latest/api/token";
  private static final String KEYS = "/latest/meta-data/ram/security-credentials/";

  /**
   * The lifetime of a token, which one fetch uses within seconds; the SDK asks for six hours, and
   * uses a token once, too.
   */
  private static final String SECONDS = "60";

  private static final String ONLY_TOKENS = "ALIBABA_CLOUD_IMDSV1_DISABLED";

  /** With the variables that the vendor's SDK reads. */
  public static final MachineRole ROLE =
      new MachineRole(
          List.of(
              MachineRole.variable(
                  "ALIBABA_CLOUD_ECS_METADATA",
                  "in place of keys, on an ECS instance: the RAM role attached to it"),
              MachineRole.variable(
                  ONLY_TOKENS, "`true`: only with a token of the metadata service")),
          Pattern.compile("\\w[\\w.-]{0,63}"),
          "the name of a RAM role",
          URI.create("http://100.100.100.200"),
          EcsRamRole::fetch);

  private EcsRamRole() {}

  private static Uni<Answer<Lease>> fetch(
      MetadataService metadata, String role, Function<String, Optional<String>> variables) {
    String given = variables.apply(ONLY_TOKENS).orElse("false").strip();
    boolean onlyTokens = given.equalsIgnoreCase("true");
    // A misspelt word must not allow what it was to forbid.
    if (!onlyTokens && !given.equalsIgnoreCase("false")) {
      return MetadataService.<Lease>refused(
              ErrorClass.CREDENTIALS, ONLY_TOKENS + " must be true or false, not " + given)
          .now();
    }
    return metadata
        .put(TOKEN, Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", SECONDS))
        .flatMap(
            answer ->
                answer instanceof Answer.Success<Reply>(Reply token, var _) && token.succeeded()
                    ? keys(metadata, role, Map.of("X-aliyun-ecs-metadata-token", token.body()))
                    : onlyTokens
                        ? answer.<Lease>then(got -> MetadataService.refused(got.value())).now()
                        : keys(metadata, role, Map.of()));
  }

  private static Uni<Answer<Lease>> keys(
      MetadataService metadata, String role, Map<String, String> headers) {
    return metadata
        .get(KEYS + role, headers)
        .map(answer -> answer.then(got -> lease(got.value(), role)));
  }

  private static Answer<Lease> lease(Reply reply, String role) {
    if (reply.status() == 404) {
      return MetadataService.refused(
          ErrorClass.CREDENTIALS, "this machine has no RAM role " + role);
    }
    JsonNode keys = reply.json();
    String keyId = keys.path("AccessKeyId").asText();
    String secret = keys.path("AccessKeySecret").asText();
    String token = keys.path("SecurityToken").asText();
    Instant end = UtcTime.parse(keys.path("Expiration").asText());
    return !reply.succeeded()
            || !keys.path("Code").asText().equals("Success")
            || keyId.isEmpty()
            || secret.isEmpty()
            || token.isEmpty()
            || end == null
        ? MetadataService.refused(reply)
        : Answer.of(new Lease(Credentials.known(keyId, secret, token), end));
  }
}
