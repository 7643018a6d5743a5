package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.CredentialNames;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.SandboxRequest;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.EsaAnswer.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Alibaba Cloud ESA's free certificates: the gateway in front of the operations. */
@ApplicationScoped
class EsaEmulator implements VendorEmulator {
  static final String PROVIDER = "alibaba-esa";
  static final CredentialNames CREDENTIALS =
      new CredentialNames(
          "ALIBABA_CLOUD_ACCESS_KEY_ID",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          "ALIBABA_CLOUD_SECURITY_TOKEN");
  private static final String VERSION = "2024-09-10";

  // The vendor publishes none for ESA.
  private static final double CALLS_PER_SECOND = 20;

  private static final Refusal INTERNAL =
      new Refusal(
          400,
          "InternalException",
          "Failed to call the service. Try again later or contact technical support.");

  private final World world;
  private final Acs3Verifier verifier;
  private final AcsReplies replies;
  private final EsaControl control;
  private final Map<String, Function<Query, EsaAnswer>> operations;

  EsaEmulator(World world) {
    this.world = world;
    verifier = new Acs3Verifier(world, PROVIDER);
    replies = new AcsReplies(world, "ESA");
    var sites = new Sites(world);
    var certificates = new Certificates(world);
    control = new EsaControl(world, sites, certificates);
    var siteOperations = new SiteOperations(world, sites);
    var applications = new Applications(world, sites, certificates);
    var certificateOperations = new CertificateOperations(world, sites, certificates);
    operations =
        Map.of(
            "ListSites", siteOperations::list,
            "GetSite", siteOperations::get,
            "VerifySite", siteOperations::verify,
            "ApplyCertificate", applications::apply,
            "GetCertificateQuota", applications::quota,
            "GetCertificate", certificateOperations::get,
            "ListCertificates", certificateOperations::list,
            "ListCertificatesByRecord", certificateOperations::listByRecord,
            "DeleteCertificate", certificateOperations::delete,
            "SetCertificate", new OwnCertificates(world, sites, certificates)::set);
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
  public boolean accepts(SandboxRequest request) {
    return request.header("x-acs-action") != null && !AlidnsEmulator.isAlidns(request);
  }

  @Override
  public String operation(SandboxRequest request) {
    var action = request.header("x-acs-action");
    return action == null ? "" : action;
  }

  @Override
  public SandboxReply handle(SandboxRequest request) {
    return replies.reply(request, answer(request));
  }

  @Override
  public SandboxReply internalError(SandboxRequest request) {
    return replies.reply(request, INTERNAL);
  }

  @Override
  public SandboxReply refusal(SandboxRequest request, int status, String code, String message) {
    return replies.reply(request, new Refusal(status, code, message));
  }

  @Override
  public SandboxReply control(String method, String path, ControlBody body) {
    return control.control(method, path, body);
  }

  private EsaAnswer answer(SandboxRequest request) {
    var operation = operations.get(operation(request));
    if (operation == null || !request.path().equals("/")) {
      return Refusals.ACTION;
    }
    if (!VERSION.equals(request.header("x-acs-version"))) {
      return Refusals.VERSION;
    }
    // The vendor changed the methods of some operations within one API version: both are served.
    if (!List.of("GET", "POST").contains(request.method())) {
      return Refusals.METHOD;
    }
    var refusal = verifier.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return world.permit(PROVIDER, operation(request), CALLS_PER_SECOND)
        ? operation.apply(parameters(request))
        : Refusals.THROTTLED;
  }

  private static Query parameters(SandboxRequest request) {
    var query = Query.parse(request.rawQuery());
    var type = request.header("content-type");
    return type != null && type.startsWith("application/x-www-form-urlencoded")
        ? query.and(Query.parse(new String(request.body(), StandardCharsets.UTF_8)))
        : query;
  }
}
