package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.CredentialNames;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.SandboxRequest;
import dev.polycert.sandbox.World;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The gateway in front of one service, API 3.0: {@code POST /} with the operation in headers, and
 * HTTP 200 for every answer, errors too.
 */
final class TencentApi {
  static final CredentialNames CREDENTIALS =
      new CredentialNames(
          "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN");

  private final World world;
  private final String provider;
  private final String version;
  private final Map<String, Operation> operations;
  private final Tc3Verifier verifier;

  TencentApi(World world, String provider, String version, Map<String, Operation> operations) {
    this.world = world;
    this.provider = provider;
    this.version = version;
    this.operations = operations;
    this.verifier = new Tc3Verifier(world, provider);
  }

  /** Whether a request is in this vendor's form. */
  static boolean speaks(SandboxRequest request) {
    String authorization = Objects.requireNonNullElse(request.header("authorization"), "");
    return request.header("x-tc-action") != null
        || request.header("x-tc-version") != null
        || authorization.startsWith("TC3-HMAC-SHA256");
  }

  /** Whether a request is for a service that has this version and no other. */
  static boolean speaks(SandboxRequest request, String version) {
    return speaks(request) && version.equals(request.header("x-tc-version"));
  }

  String provider() {
    return provider;
  }

  String version() {
    return version;
  }

  static String operation(SandboxRequest request) {
    return Objects.requireNonNullElse(request.header("x-tc-action"), "");
  }

  SandboxReply handle(SandboxRequest request) {
    try {
      return envelope(answer(request));
    } catch (TencentError e) {
      return error(e);
    }
  }

  SandboxReply internalError() {
    return error(new TencentError("InternalError", "An internal error has occurred."));
  }

  SandboxReply refusal(int status, String code, String message) {
    SandboxReply reply = error(new TencentError(code, message));
    return new SandboxReply(status, reply.headers(), reply.body());
  }

  private JsonObject answer(SandboxRequest request) {
    if (!request.method().equals("POST") || !request.path().equals("/")) {
      throw new TencentError("UnsupportedProtocol", "Only POST / is served.");
    }
    require(request, "Action");
    require(request, "Version");
    require(request, "Timestamp");
    verifier.verify(request);
    if (!version.equals(request.header("x-tc-version"))) {
      throw new TencentError(
          "NoSuchVersion", "The version `" + request.header("x-tc-version") + "` does not exist.");
    }
    String action = operation(request);
    Operation operation = operations.get(action);
    if (operation == null) {
      throw new TencentError("InvalidAction", "The action `" + action + "` does not exist.");
    }
    if (!world.permit(provider, action, operation.perSecond())) {
      throw new TencentError(
          "RequestLimitExceeded",
          ("Your current request times equals to `%d` in a second, which exceeds the frequency"
                  + " limit `%d` for a second. Please reduce the frequency of calls.")
              .formatted((int) operation.perSecond() + 1, (int) operation.perSecond()));
    }
    JsonObject parameters = parameters(request);
    operation.parameters().check(parameters);
    return operation.run().apply(parameters);
  }

  private static void require(SandboxRequest request, String name) {
    String value = request.header("x-tc-" + name.toLowerCase(Locale.ROOT));
    if (value == null || value.isEmpty()) {
      throw new TencentError(
          "MissingParameter", "The request is missing a required parameter `" + name + "`.");
    }
  }

  private static JsonObject parameters(SandboxRequest request) {
    String type = Objects.requireNonNullElse(request.header("content-type"), "");
    if (!type.startsWith("application/json")) {
      throw new TencentError("InvalidRequest", "Content-Type must be application/json.");
    }
    try {
      return new JsonObject(Buffer.buffer(request.body()));
    } catch (DecodeException | ClassCastException e) {
      throw new TencentError("InvalidParameter", "The request body is no JSON object.");
    }
  }

  private SandboxReply error(TencentError error) {
    return envelope(
        new JsonObject()
            .put(
                "Error",
                new JsonObject().put("Code", error.code()).put("Message", error.getMessage())));
  }

  private SandboxReply envelope(JsonObject response) {
    response.put("RequestId", world.requestId());
    return SandboxReply.json(200, new JsonObject().put("Response", response).encode());
  }
}
