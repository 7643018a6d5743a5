package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A product behind Huawei Cloud's API gateway, which verifies signatures and holds limits. */
abstract class ProductEmulator implements VendorEmulator {
  /** Where the vendor publishes no rate. */
  static final double CALLS_PER_SECOND = 20;

  private final ObjectMapper mapper = new ObjectMapper();
  private final World world;
  private final String provider;
  private final List<Route> routes;
  private final SdkHmacVerifier verifier;

  /**
   * An operation of the product.
   *
   * @param path with a group for each part that names something
   */
  record Route(String method, Pattern path, String operation, double perSecond) {
    static Route of(String method, String path, String operation) {
      return new Route(method, Pattern.compile(path), operation, CALLS_PER_SECOND);
    }
  }

  /**
   * A call of a known operation.
   *
   * @param names the parts of the path that name something
   */
  record Call(String operation, List<String> names, Request request) {}

  ProductEmulator(World world, String provider, List<Route> routes) {
    this.world = world;
    this.provider = provider;
    this.routes = List.copyOf(routes);
    verifier = new SdkHmacVerifier(world, provider);
  }

  /**
   * Does what was asked for.
   *
   * @return null for an answer without content
   * @throws Refused when the product refuses it
   */
  abstract @Nullable ObjectNode answer(Call call);

  /** The product's own form of an error; that of the gateway is another one. */
  ObjectNode error(String code, String message, String requestId) {
    return object().put("error_code", code).put("error_msg", message);
  }

  /** The status of a call that succeeds. */
  int success(Call call) {
    return 200;
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public CredentialNames credentialNames() {
    return ScmEmulator.CREDENTIALS;
  }

  @Override
  public boolean accepts(Request request) {
    return routes.stream().anyMatch(route -> route.path.matcher(request.path()).matches());
  }

  @Override
  public String operation(Request request) {
    return route(request).map(Route::operation).orElse("");
  }

  @Override
  public Reply handle(Request request) {
    Optional<Refusal> refusal = verifier.refusal(request);
    Optional<Route> route = route(request);
    if (refusal.isPresent() || route.isEmpty()) {
      return gateway(refusal.orElse(Refusals.NO_SUCH_API));
    }
    double limit = route.get().perSecond;
    if (!world.permit(provider, route.get().operation, limit)) {
      return gateway(Refusals.throttled((int) Math.ceil(limit)));
    }
    Call call = call(route.get(), request);
    try {
      ObjectNode fields = answer(call);
      return ScmEmulator.json(fields == null ? 204 : success(call), requestId(), fields);
    } catch (Refused refused) {
      return refusal(
          request, refused.status(), refused.code(), String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public Reply internalError(Request request) {
    return gateway(Refusals.INTERNAL);
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    String requestId = requestId();
    return ScmEmulator.json(status, requestId, error(code, message, requestId));
  }

  World world() {
    return world;
  }

  /** The body of a call; null when it is no JSON object. */
  @Nullable ObjectNode body(Call call) {
    try {
      return mapper.readTree(call.request.body()) instanceof ObjectNode object ? object : null;
    } catch (IOException broken) {
      return null;
    }
  }

  /** A new id as the products make them. */
  String id() {
    return world.random(32, "0123456789abcdef");
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private String requestId() {
    return world.requestId().replace("-", "");
  }

  private Optional<Route> route(Request request) {
    return routes.stream()
        .filter(route -> route.method.equals(request.method()))
        .filter(route -> route.path.matcher(request.path()).matches())
        .findFirst();
  }

  private static Call call(Route route, Request request) {
    Matcher matcher = route.path.matcher(request.path());
    List<String> names =
        matcher.matches()
            ? IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList()
            : List.of();
    return new Call(route.operation, names, request);
  }

  private Reply gateway(Refusal refusal) {
    String requestId = requestId();
    return ScmEmulator.json(
        refusal.status(),
        requestId,
        object()
            .put("error_code", refusal.code())
            .put("error_msg", refusal.message())
            .put("request_id", requestId));
  }
}
