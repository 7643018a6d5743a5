package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.SandboxRequest;
import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tencent Cloud SSL certificates, API 2019-12-05. Beside the API it can be told:
 *
 * <ul>
 *   <li>{@code POST paid {"domain", "letter"}}: a bought certificate that waits for information,
 *       and for a confirmation letter when {@code letter} is true
 *   <li>{@code POST status {"certificateId", "status", "message"}}: puts a certificate into any
 *       status
 *   <li>{@code POST bound {"certificateId", "bound"}}: whether a cloud resource uses it
 *   <li>{@code PUT settings {"recordType", "detailDelay"}}: {@code TXT} or {@code CNAME} for free
 *       certificates; how long after an application DvAuthDetail stays empty
 * </ul>
 */
@ApplicationScoped
public class TencentSslEmulator implements TencentService {
  private final SslAccount account;
  private final TencentApi api;

  TencentSslEmulator(World world) {
    account = new SslAccount(world);
    Map<String, Operation> operations = new HashMap<>();
    operations.putAll(new SslApplications(account).operations());
    operations.putAll(new SslInformation(account).operations());
    operations.putAll(new SslValidation(account).operations());
    operations.putAll(new SslDescriptions(account).operations());
    operations.putAll(new SslEndings(account).operations());
    operations.putAll(new SslDeletions(account).operations());
    operations.putAll(new SslUploads(account).operations());
    api = new TencentApi(world, SslAccount.PROVIDER, "2019-12-05", operations);
  }

  @Override
  public TencentApi api() {
    return api;
  }

  /**
   * Takes all requests in Tencent's form but EdgeOne's and DNSPod's, also those of unknown
   * versions.
   */
  @Override
  public boolean accepts(SandboxRequest request) {
    return TencentApi.speaks(request)
        && !TencentApi.speaks(request, TencentEdgeOneEmulator.VERSION)
        && !TencentApi.speaks(request, DnspodEmulator.VERSION);
  }

  @Override
  public SandboxReply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST paid" -> buy(body);
      case "POST status" -> setStatus(body);
      case "POST bound" -> bind(body);
      case "PUT settings" -> change(body);
      default -> TencentService.super.control(method, path, body);
    };
  }

  private SandboxReply buy(ControlBody body) {
    SslCertificate certificate = account.add(body.text("domain"), true, SslStatus.INFORMATION);
    certificate.letterRequired = body.flag("letter").orElse(false);
    return SandboxReply.json(200, new JsonObject().put("certificateId", certificate.id).encode());
  }

  private SandboxReply setStatus(ControlBody body) {
    int status =
        body.number("status")
            .map(Double::intValue)
            .orElseThrow(() -> new ControlException(400, "status", "is missing: give the number"));
    SslCertificate certificate = held(body);
    certificate.status = status;
    body.optionalText("message").ifPresent(message -> certificate.statusMessage = message);
    return SandboxReply.json(200, "{}");
  }

  private SandboxReply bind(ControlBody body) {
    held(body).bound = body.flag("bound").orElse(true);
    return SandboxReply.json(200, "{}");
  }

  private SslCertificate held(ControlBody body) {
    String id = body.text("certificateId");
    return account.all().stream()
        .filter(held -> held.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new ControlException(404, "certificateId", "is unknown: " + id));
  }

  private SandboxReply change(ControlBody body) {
    body.optionalText("recordType")
        .ifPresent(
            type -> {
              if (!List.of("TXT", "CNAME").contains(type)) {
                throw new ControlException(400, "recordType", "must be TXT or CNAME");
              }
              account.recordType(type);
            });
    body.duration("detailDelay").ifPresent(account::detailDelay);
    return SandboxReply.json(200, "{}");
  }
}
