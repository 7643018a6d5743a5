package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Alibaba Cloud ESA's free certificates, API 2024-09-10. */
@ApplicationScoped
public class EsaEmulator implements ForwardingEmulator {
  static final String PROVIDER = "alibaba-esa";

  private static final Refusal INTERNAL =
      new Refusal(
          400,
          "InternalException",
          "Failed to call the service. Try again later or contact technical support.");

  private final EsaControl control;
  private final AcsGateway gateway;

  public EsaEmulator(World world) {
    var sites = new Sites(world);
    var certificates = new Certificates(world);
    control = new EsaControl(world, sites, certificates);
    var siteOperations = new SiteOperations(world, sites);
    var applications = new Applications(world, sites, certificates);
    var certificateOperations = new CertificateOperations(world, sites, certificates);
    gateway =
        new AcsGateway(
            world,
            PROVIDER,
            "ESA",
            "2024-09-10",
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
                "SetCertificate", new OwnCertificates(world, sites, certificates)::set));
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  @Override
  public Reply internalError(Request request) {
    return gateway.reply(request, INTERNAL);
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    return control.control(method, path, body);
  }
}
