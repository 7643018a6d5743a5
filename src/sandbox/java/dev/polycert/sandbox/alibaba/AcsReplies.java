package dev.polycert.sandbox.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.SandboxRequest;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.EsaAnswer.Refusal;
import dev.polycert.sandbox.alibaba.EsaAnswer.Success;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Puts what an operation came to into the envelope that all products share. */
final class AcsReplies {
  private final World world;
  private final String product;

  /**
   * @param product as the links of errors name it
   */
  AcsReplies(World world, String product) {
    this.world = world;
    this.product = product;
  }

  SandboxReply reply(SandboxRequest request, EsaAnswer answer) {
    var requestId = world.requestId().toUpperCase(Locale.ROOT);
    return switch (answer) {
      case Success success -> json(200, requestId, success.fields());
      case Refusal refusal ->
          json(refusal.status(), requestId, envelope(request, refusal, requestId));
    };
  }

  private ObjectNode envelope(SandboxRequest request, Refusal refusal, String requestId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("HostId", request.header("host"))
        .put("Code", refusal.code())
        .put("Message", refusal.message())
        .put(
            "Recommend",
            "https://api.aliyun.com/troubleshoot?q="
                + refusal.code()
                + "&product="
                + product
                + "&requestId="
                + requestId);
  }

  private static SandboxReply json(int status, String requestId, ObjectNode fields) {
    return new SandboxReply(
        status,
        Map.of("Content-Type", "application/json;charset=utf-8", "x-acs-request-id", requestId),
        fields.put("RequestId", requestId).toString().getBytes(StandardCharsets.UTF_8));
  }
}
