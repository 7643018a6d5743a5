package dev.polycert.sandbox.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The gateway in front of one product: the operation is in a header, the API has one path. */
final class AcsGateway implements VendorEmulator {
  private static final CredentialNames CREDENTIALS =
      new CredentialNames(
          "ALIBABA_CLOUD_ACCESS_KEY_ID",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          "ALIBABA_CLOUD_SECURITY_TOKEN");

  // The vendor publishes no rate for these products.
  private static final double CALLS_PER_SECOND = 20;

  private final World world;
  private final String provider;
  private final String product;
  private final String version;
  private final Map<String, Function<Query, Answer>> operations;
  private final Acs3Verifier verifier;

  /**
   * @param product as the links of errors name it
   */
  AcsGateway(
      World world,
      String provider,
      String product,
      String version,
      Map<String, Function<Query, Answer>> operations) {
    this.world = world;
    this.provider = provider;
    this.product = product;
    this.version = version;
    this.operations = operations;
    this.verifier = new Acs3Verifier(world, provider);
  }

  /** The result of an operation, before the envelope. */
  sealed interface Answer {

    /** The fields of a success; the envelope adds the request id. */
    record Success(ObjectNode fields) implements Answer {}

    /**
     * A refusal as the vendor words it.
     *
     * @param status of HTTP
     */
    record Refusal(int status, String code, String message) implements Answer {}
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public CredentialNames credentialNames() {
    return CREDENTIALS;
  }

  @Override
  public boolean reads(Request request) {
    return request.header("x-acs-action") != null;
  }

  @Override
  public boolean accepts(Request request) {
    return reads(request) && version.equals(request.header("x-acs-version"));
  }

  @Override
  public String operation(Request request) {
    return request.headerText("x-acs-action");
  }

  @Override
  public Reply handle(Request request) {
    return reply(request, answer(request));
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return reply(request, new Answer.Refusal(status, code, message));
  }

  /** Puts an answer into the envelope that all products share. */
  Reply reply(Request request, Answer answer) {
    var requestId = world.requestId().toUpperCase(Locale.ROOT);
    return switch (answer) {
      case Answer.Success success -> json(200, requestId, success.fields());
      case Answer.Refusal refusal ->
          json(refusal.status(), requestId, envelope(request, refusal, requestId));
    };
  }

  private Answer answer(Request request) {
    if (!version.equals(request.header("x-acs-version"))) {
      return Refusals.VERSION;
    }
    var operation = operations.get(operation(request));
    if (operation == null || !request.path().equals("/")) {
      return Refusals.ACTION;
    }
    // The vendor changed the methods of some operations within one API version: both are served.
    if (!List.of("GET", "POST").contains(request.method())) {
      return Refusals.METHOD;
    }
    var refusal = verifier.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return world.permit(provider, operation(request), CALLS_PER_SECOND)
        ? operation.apply(parameters(request))
        : Refusals.THROTTLED;
  }

  private static Query parameters(Request request) {
    var query = Query.parse(request.rawQuery());
    return request.headerText("content-type").startsWith("application/x-www-form-urlencoded")
        ? query.and(Query.parse(new String(request.body(), StandardCharsets.UTF_8)))
        : query;
  }

  private ObjectNode envelope(Request request, Answer.Refusal refusal, String requestId) {
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

  private static Reply json(int status, String requestId, ObjectNode fields) {
    return Reply.json(
        status,
        Map.of("Content-Type", "application/json;charset=utf-8", "x-acs-request-id", requestId),
        fields.put("RequestId", requestId).toString());
  }
}
