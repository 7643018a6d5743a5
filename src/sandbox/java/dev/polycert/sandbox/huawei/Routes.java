package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.VendorEmulator.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the called operation and its certificate by method and path. */
final class Routes {
  private static final String CERTIFICATES = "/v3/scm/certificates";
  private static final String ONE = CERTIFICATES + "/([^/]+)";
  private static final List<Route> ROUTES =
      List.of(
          route("GET", CERTIFICATES, "ListCertificates"),
          route("POST", CERTIFICATES + "/buy", "SubscribeCertificate"),
          route("POST", CERTIFICATES + "/import", "ImportCertificate"),
          route("GET", ONE, "ShowCertificate"),
          route("DELETE", ONE, "DeleteCertificate"),
          route("POST", ONE + "/apply", "ApplyCertificate"),
          route("POST", ONE + "/cancel-cert", "CancelCertificateRequest"),
          route("POST", ONE + "/export", "ExportCertificate"),
          route("POST", ONE + "/push", "PushCertificate"),
          route("POST", ONE + "/batch-push", "BatchPushCertificate"),
          route("POST", ONE + "/deploy", "DeployCertificate"),
          route("POST", "/v3/scm/deployed-resources", "ListDeployedResources"),
          route("DELETE", ONE + "/unsubscribe", "UnsubscribeCertificate"),
          route("POST", "/v2/[^/]+/scm/cert/([^/]+)/complete", "CompleteCertificate"));

  private Routes() {}

  private record Route(String method, Pattern path, String operation) {}

  /**
   * A call of a known operation.
   *
   * @param id of the certificate; empty if the operation has none
   */
  record Call(String operation, String id) {}

  private static Route route(String method, String path, String operation) {
    return new Route(method, Pattern.compile(path), operation);
  }

  /** Finds the operation; empty when the gateway knows no such API. */
  static Optional<Call> find(Request request) {
    for (var route : ROUTES) {
      var matcher = route.path().matcher(request.path());
      if (route.method().equals(request.method()) && matcher.matches()) {
        var id = matcher.groupCount() == 0 ? "" : matcher.group(1);
        return Optional.of(new Call(route.operation(), id));
      }
    }
    return Optional.empty();
  }
}
