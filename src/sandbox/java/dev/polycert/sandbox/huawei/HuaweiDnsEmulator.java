package dev.polycert.sandbox.huawei;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.CredentialNames;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.regex.Pattern;

/** Huawei Cloud DNS' record sets, API v2, in public zones of any domain that the account owns. */
@ApplicationScoped
public class HuaweiDnsEmulator implements VendorEmulator {
  private static final String PROVIDER = "huaweidns";

  // The vendor publishes no rate.
  private static final int CALLS_PER_SECOND = 20;

  private static final Pattern ZONES = Pattern.compile("/v2/zones");
  private static final Pattern SETS = Pattern.compile("/v2/zones/([^/]+)/recordsets");
  private static final Pattern SET = Pattern.compile("/v2/zones/([^/]+)/recordsets/([^/]+)");

  private final ObjectMapper mapper = new ObjectMapper();
  private final World world;
  private final SdkHmacVerifier verifier;
  private final HostedSets sets;

  public HuaweiDnsEmulator(World world) {
    this.world = world;
    verifier = new SdkHmacVerifier(world, PROVIDER);
    sets = new HostedSets(world);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public CredentialNames credentialNames() {
    return ScmEmulator.CREDENTIALS;
  }

  @Override
  public boolean accepts(Request request) {
    return request.path().startsWith("/v2/zones");
  }

  @Override
  public String operation(Request request) {
    boolean one = SET.matcher(request.path()).matches();
    boolean many = SETS.matcher(request.path()).matches();
    return switch (request.method()) {
      case "GET" -> many ? "ListRecordSets" : one ? "ShowRecordSet" : "ListPublicZones";
      case "POST" -> "CreateRecordSet";
      case "PUT" -> "UpdateRecordSet";
      case "DELETE" -> "DeleteRecordSet";
      default -> "";
    };
  }

  @Override
  public Reply handle(Request request) {
    return verifier
        .refusal(request)
        .map(this::gateway)
        .orElseGet(
            () ->
                world.permit(PROVIDER, operation(request), CALLS_PER_SECOND)
                    ? answered(request)
                    : gateway(Refusals.throttled(CALLS_PER_SECOND)));
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return service(new Refused(status, code, message));
  }

  private Reply answered(Request request) {
    try {
      return answer(request);
    } catch (Refused refused) {
      return service(refused);
    }
  }

  private Reply answer(Request request) {
    var query = Query.parse(request.rawQuery());
    var many = SETS.matcher(request.path());
    var one = SET.matcher(request.path());
    if (ZONES.matcher(request.path()).matches() && request.method().equals("GET")) {
      return json(200, sets.zones(query.text("name").orElse("")));
    }
    if (many.matches() && request.method().equals("GET")) {
      return json(200, sets.list(many.group(1), query));
    }
    if (many.matches() && request.method().equals("POST")) {
      return json(202, sets.create(many.group(1), body(request)));
    }
    if (one.matches() && request.method().equals("GET")) {
      return json(200, sets.show(one.group(1), one.group(2)));
    }
    if (one.matches() && request.method().equals("PUT")) {
      return json(202, sets.update(one.group(1), one.group(2), body(request)));
    }
    return one.matches() && request.method().equals("DELETE")
        ? json(202, sets.delete(one.group(1), one.group(2)))
        : gateway(Refusals.NO_SUCH_API);
  }

  private ObjectNode body(Request request) {
    try {
      if (mapper.readTree(request.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException broken) {
      // Refused below, without an echo of the body.
    }
    throw new Refused(400, "DNS.0002", "Invalid request.");
  }

  private Reply gateway(Refusal refusal) {
    return json(
        refusal.status(),
        instance
            .objectNode()
            .put("error_code", refusal.code())
            .put("error_msg", refusal.message()));
  }

  private Reply service(Refused refused) {
    return json(
        refused.status(),
        instance.objectNode().put("code", refused.code()).put("message", refused.getMessage()));
  }

  private Reply json(int status, ObjectNode fields) {
    return ScmEmulator.json(status, world.requestId().replace("-", ""), fields);
  }
}
