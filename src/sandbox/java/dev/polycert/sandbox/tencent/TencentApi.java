package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The gateway in front of one service, API 3.0: {@code POST /} with the operation in headers, and
 * HTTP 200 for every answer, an error included.
 */
final class TencentApi implements VendorEmulator {
  /** The parameter that an operation finds the header {@code X-TC-Region} in. */
  static final String REGION = "X-TC-Region";

  private static final CredentialNames CREDENTIALS =
      new CredentialNames(
          "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN");

  private final World world;
  private final String provider;
  private final String version;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Tc3Verifier verifier;

  @SafeVarargs
  TencentApi(World world, String provider, String version, Map<String, Operation>... operations) {
    this.world = world;
    this.provider = provider;
    this.version = version;
    this.verifier = new Tc3Verifier(world, provider);
    for (Map<String, Operation> part : operations) {
      this.operations.putAll(part);
    }
  }

  /**
   * One operation of an API.
   *
   * @param perSecond the documented rate
   * @param run makes the members of {@code Response} out of checked parameters
   */
  record Operation(double perSecond, Parameters parameters, UnaryOperator<JsonObject> run) {
    private static final double UNDOCUMENTED = 20;

    /** An operation without a documented rate has the vendor's default. */
    Operation(Parameters parameters, UnaryOperator<JsonObject> run) {
      this(UNDOCUMENTED, parameters, run);
    }
  }

  /** Ends a call that the vendor refuses; becomes the error envelope with HTTP 200. */
  static final class Refused extends RuntimeException {
    private final String code;

    Refused(String code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  @Override
  public CredentialNames credentialNames() {
    return CREDENTIALS;
  }

  @Override
  public boolean reads(Request request) {
    return request.header("x-tc-action") != null
        || request.header("x-tc-version") != null
        || request.headerText("authorization").startsWith("TC3-HMAC-SHA256");
  }

  @Override
  public boolean accepts(Request request) {
    return reads(request) && version.equals(request.header("x-tc-version"));
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public String operation(Request request) {
    return request.headerText("x-tc-action");
  }

  @Override
  public Reply handle(Request request) {
    try {
      return envelope(answer(request));
    } catch (Refused e) {
      return error(e);
    }
  }

  @Override
  public Reply internalError(Request request) {
    return error(new Refused("InternalError", "An internal error has occurred."));
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    Reply reply = error(new Refused(code, message));
    return new Reply(status, reply.headers(), reply.body());
  }

  private JsonObject answer(Request request) {
    if (!request.method().equals("POST") || !request.path().equals("/")) {
      throw new Refused("UnsupportedProtocol", "Only POST / is served.");
    }
    require(request, "Action");
    require(request, "Version");
    require(request, "Timestamp");
    verifier.verify(request);
    if (!version.equals(request.header("x-tc-version"))) {
      throw new Refused(
          "NoSuchVersion", "The version `" + request.header("x-tc-version") + "` does not exist.");
    }
    String action = operation(request);
    Operation operation = operations.get(action);
    if (operation == null) {
      throw new Refused("InvalidAction", "The action `" + action + "` does not exist.");
    }
    if (!world.permit(provider, action, operation.perSecond())) {
      throw new Refused(
          "RequestLimitExceeded",
          ("Your current request times equals to `%d` in a second, which exceeds the frequency"
                  + " limit `%d` for a second. Please reduce the frequency of calls.")
              .formatted((int) operation.perSecond() + 1, (int) operation.perSecond()));
    }
    JsonObject parameters = parameters(request);
    operation.parameters().check(parameters);
    if (operation.parameters().regional()) {
      parameters.put(REGION, request.headerText("x-tc-region"));
    }
    return operation.run().apply(parameters);
  }

  private static void require(Request request, String name) {
    String value = request.header("x-tc-" + name.toLowerCase(Locale.ROOT));
    if (value == null || value.isEmpty()) {
      throw new Refused(
          "MissingParameter", "The request is missing a required parameter `" + name + "`.");
    }
  }

  private static JsonObject parameters(Request request) {
    if (!request.headerText("content-type").startsWith("application/json")) {
      throw new Refused("InvalidRequest", "Content-Type must be application/json.");
    }
    try {
      return new JsonObject(Buffer.buffer(request.body()));
    } catch (DecodeException | ClassCastException e) {
      throw new Refused("InvalidParameter", "The request body is no JSON object.");
    }
  }

  private Reply error(Refused error) {
    return envelope(
        new JsonObject()
            .put(
                "Error",
                new JsonObject().put("Code", error.code()).put("Message", error.getMessage())));
  }

  private Reply envelope(JsonObject response) {
    response.put("RequestId", world.requestId());
    return Reply.json(200, new JsonObject().put("Response", response).encode());
  }
}
