package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.MachineRole;
import dev.polycert.call.MachineRole.Lease;
import dev.polycert.call.MetadataService;
import dev.polycert.call.MetadataService.Reply;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The CAM role that is bound to a CVM instance ("Managing Roles", "Using roles on instances"). The
 * address is that of the vendor's SDK; 169.254.0.23 is the same service.
 */
final class CvmRole {
  private static final String PATH = "/latest/meta-data/cam/security-credentials/";

  static final MachineRole ROLE =
      new MachineRole(
          List.of(
              // As Tencent Cloud's Terraform provider names it; its SDK for Java reads no variable.
              MachineRole.variable(
                  "TENCENTCLOUD_CAM_ROLE_NAME",
                  "in place of keys, on a CVM instance: the CAM role bound to it")),
          Pattern.compile("\\w[\\w+=,.@-]{0,127}"),
          "the name of a CAM role",
          URI.create("http://metadata.tencentyun.com"),
          (metadata, role, variables) ->
              metadata
                  .get(PATH + role, Map.of())
                  .map(answer -> answer.then(got -> lease(got.value(), role))));

  private CvmRole() {}

  private static Answer<Lease> lease(Reply reply, String role) {
    if (reply.status() == 404) {
      return MetadataService.refused(
          ErrorClass.CREDENTIALS, "this machine has no CAM role " + role);
    }
    JsonNode keys = reply.json();
    String keyId = keys.path("TmpSecretId").asText();
    String secret = keys.path("TmpSecretKey").asText();
    String token = keys.path("Token").asText();
    long end = keys.path("ExpiredTime").asLong();
    return !reply.succeeded()
            || !keys.path("Code").asText().equals("Success")
            || keyId.isEmpty()
            || secret.isEmpty()
            || token.isEmpty()
            || end == 0
        ? MetadataService.refused(reply)
        : Answer.of(new Lease(Credentials.known(keyId, secret, token), Instant.ofEpochSecond(end)));
  }
}
