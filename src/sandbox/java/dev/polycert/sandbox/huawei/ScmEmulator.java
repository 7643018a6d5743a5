package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.StockControl;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.CredentialNames;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.ApplyOperation.Edition;
import dev.polycert.sandbox.huawei.Routes.Call;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Huawei Cloud SCM: the API gateway in front of the operations. */
@ApplicationScoped
public class ScmEmulator implements VendorEmulator {
  static final String PROVIDER = "huawei-scm";
  static final CredentialNames CREDENTIALS =
      new CredentialNames(
          "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN");
  private static final Pattern PATH = Pattern.compile("/v3/scm(/.*)?|/v2/[^/]+/scm(/.*)?");

  // The vendor publishes no rate for SCM.
  private static final int CALLS_PER_SECOND = 20;

  private final ObjectMapper mapper = new ObjectMapper();
  private final World world;
  private final SdkHmacVerifier verifier;
  private final Certificates certificates;
  private final StockControl control;
  private final ApplyOperation applications;
  private final ReadOperations reads;
  private final PurchaseOperations purchases;
  private final UseOperations uses;
  private final DeployOperations deploys;

  public ScmEmulator(World world) {
    this.world = world;
    verifier = new SdkHmacVerifier(world, PROVIDER);
    certificates = new Certificates(world);
    control =
        new StockControl(
            (count, body) ->
                certificates.stock(
                    count, body.number("wildcards").map(Double::intValue).orElse(count)),
            (domain, body) -> certificates.fail(domain));
    applications = new ApplyOperation(world, certificates);
    reads = new ReadOperations(world, certificates, new Lifecycle(world, certificates));
    purchases = new PurchaseOperations(world, certificates);
    uses = new UseOperations(world, certificates);
    deploys = new DeployOperations(world, certificates);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public CredentialNames credentialNames() {
    return CREDENTIALS;
  }

  @Override
  public boolean accepts(Request request) {
    return PATH.matcher(request.path()).matches();
  }

  @Override
  public boolean reads(Request request) {
    return request.headerText("authorization").startsWith(SdkHmacVerifier.ALGORITHM);
  }

  @Override
  public String operation(Request request) {
    return Routes.find(request).map(Call::operation).orElse("");
  }

  @Override
  public Reply handle(Request request) {
    return reply(answer(request));
  }

  @Override
  public Reply internalError(Request request) {
    return reply(Refusals.INTERNAL);
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return reply(new Refusal(status, code, message));
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    return control.control(method, path, body);
  }

  private ScmAnswer answer(Request request) {
    var call = Routes.find(request);
    if (call.isEmpty()) {
      return Refusals.NO_SUCH_API;
    }
    var refusal = verifier.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!world.permit(PROVIDER, call.get().operation(), CALLS_PER_SECOND)) {
      return Refusals.throttled(CALLS_PER_SECOND);
    }
    certificates.fill();
    return answer(call.get(), request);
  }

  private ScmAnswer answer(Call call, Request request) {
    var id = call.id();
    return switch (call.operation()) {
      case "ListCertificates" -> reads.list(Query.parse(request.rawQuery()));
      case "ShowCertificate" -> reads.show(id);
      case "SubscribeCertificate" -> purchases.subscribe(body(request));
      case "UnsubscribeCertificate" -> purchases.unsubscribe(id);
      case "ApplyCertificate" -> applications.apply(Edition.V3, id, body(request));
      case "CompleteCertificate" -> applications.apply(Edition.V2, id, body(request));
      case "CancelCertificateRequest" -> uses.cancel(id);
      case "DeleteCertificate" -> uses.delete(id);
      case "ExportCertificate" -> uses.export(id);
      case "PushCertificate" -> deploys.push(id, body(request));
      case "BatchPushCertificate" -> deploys.batchPush(id, body(request));
      case "DeployCertificate" -> deploys.deploy(id, body(request));
      case "ListDeployedResources" -> deploys.listDeployed(body(request));
      case "ImportCertificate" -> uses.importOwn(body(request));
      default -> throw new IllegalStateException("no operation behind " + call.operation());
    };
  }

  private BodyCheck body(Request request) {
    return BodyCheck.of(mapper, request.body());
  }

  private Reply reply(ScmAnswer answer) {
    var requestId = world.requestId().replace("-", "");
    return switch (answer) {
      case Success(var fields) -> json(fields == null ? 204 : 200, requestId, fields);
      case Refusal refusal -> json(refusal.status(), requestId, envelope(refusal, requestId));
    };
  }

  private static ObjectNode envelope(Refusal refusal, String requestId) {
    var fields =
        JsonNodeFactory.instance
            .objectNode()
            .put("error_code", refusal.code())
            .put("error_msg", refusal.message());
    return refusal.ofGateway() ? fields.put("request_id", requestId) : fields;
  }

  static Reply json(int status, String requestId, @Nullable ObjectNode fields) {
    return Reply.json(
        status,
        Map.of("Content-Type", "application/json", "X-Request-Id", requestId),
        fields == null ? "" : fields.toString());
  }
}
