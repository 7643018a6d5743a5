package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Tencent Cloud SSL certificates, API 2019-12-05. Its part of the control API:
 *
 * <ul>
 *   <li>{@code POST paid {"domain", "letter"}}: a bought certificate that waits for information,
 *       and for a confirmation letter when {@code letter} is true
 *   <li>{@code POST status {"certificateId", "status", "message"}}: gives a certificate any status
 *   <li>{@code POST bound {"certificateId", "bound"}}: whether a cloud resource uses it
 *   <li>{@code PUT settings {"recordType", "detailDelay", "instanceDelay", "lookDelay",
 *       "unseenRegions", "updatesAtOnce"}}: {@code TXT} or {@code CNAME} for free certificates; how
 *       long after an application DvAuthDetail stays empty; how long an instance takes to get a
 *       certificate; how long the vendor looks for what uses one, the regions that it cannot look
 *       through, and whether the first call to update makes the record
 *   <li>{@code POST instances {"instances": [{"type", "region", "instanceId", "listenerId",
 *       "domain", "certificateId", "failures"}, …]}}: cloud resources, the certificate that each
 *       uses, and how many of its next changes fail
 *   <li>{@code GET instances}: all of them, how often each was changed, and how many updates and
 *       deployments there were
 * </ul>
 */
@ApplicationScoped
public class TencentSslEmulator implements ForwardingEmulator {
  private static final long FIRST_UPDATE = 70_000;
  private static final long FIRST_DEPLOYMENT = 30_000;

  private final SslAccount account;
  private final CloudInstances instances;
  private final SslJobs updates;
  private final SslJobs deployments;
  private final SslUses uses;
  private final SslUpdates moves;
  private final VendorEmulator gateway;

  public TencentSslEmulator(World world) {
    account = new SslAccount(world);
    instances = new CloudInstances(world);
    updates = new SslJobs(world, FIRST_UPDATE);
    deployments = new SslJobs(world, FIRST_DEPLOYMENT);
    uses = new SslUses(account, instances);
    moves = new SslUpdates(account, instances, updates);
    gateway =
        new TencentApi(
            world,
            SslAccount.PROVIDER,
            "2019-12-05",
            new SslApplications(account).operations(),
            new SslInformation(account).operations(),
            new SslValidation(account).operations(),
            new SslDescriptions(account).operations(),
            new SslEndings(account).operations(),
            new SslDeletions(account, instances).operations(),
            new SslUploads(account).operations(),
            moves.operations(),
            new SslDeployments(account, instances, deployments).operations(),
            uses.operations());
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST paid" -> buy(body);
      case "POST status" -> setStatus(body);
      case "POST bound" -> bind(body);
      case "POST instances" -> add(body);
      case "GET instances" -> shown();
      case "PUT settings" -> change(body);
      default -> ForwardingEmulator.super.control(method, path, body);
    };
  }

  private Reply buy(ControlBody body) {
    SslCertificate certificate = account.add(body.text("domain"), true, SslStatus.INFORMATION);
    certificate.letterRequired = body.flag("letter").orElse(false);
    return Reply.json(200, new JsonObject().put("certificateId", certificate.id).encode());
  }

  private Reply setStatus(ControlBody body) {
    int status =
        body.number("status")
            .map(Double::intValue)
            .orElseThrow(() -> new ControlException(400, "status", "is missing: give the number"));
    SslCertificate certificate = held(body);
    certificate.status = status;
    body.optionalText("message").ifPresent(message -> certificate.statusMessage = message);
    return Reply.json(200, "{}");
  }

  private Reply bind(ControlBody body) {
    held(body).bound = body.flag("bound").orElse(true);
    return Reply.json(200, "{}");
  }

  private Reply add(ControlBody body) {
    body.objects("instances").forEach(instances::add);
    return Reply.json(200, "{}");
  }

  private Reply shown() {
    return Reply.json(
        200,
        new JsonObject()
            .put("instances", instances.json())
            .put("updates", updates.count())
            .put("deployments", deployments.count())
            .encode());
  }

  private SslCertificate held(ControlBody body) {
    String id = body.text("certificateId");
    return account.ofEveryone().stream()
        .filter(held -> held.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new ControlException(404, "certificateId", "is unknown: " + id));
  }

  private Reply change(ControlBody body) {
    body.optionalText("recordType")
        .ifPresent(
            type -> {
              if (!List.of("TXT", "CNAME").contains(type)) {
                throw new ControlException(400, "recordType", "must be TXT or CNAME");
              }
              account.recordType(type);
            });
    body.duration("detailDelay").ifPresent(account::detailDelay);
    body.duration("instanceDelay").ifPresent(updates::delay);
    body.duration("instanceDelay").ifPresent(deployments::delay);
    body.duration("lookDelay").ifPresent(uses::delay);
    body.flag("updatesAtOnce").ifPresent(moves::atOnce);
    if (body.has("unseenRegions")) {
      uses.failIn(body.texts("unseenRegions"));
    }
    return Reply.json(200, "{}");
  }
}
