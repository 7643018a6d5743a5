package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * Tencent EdgeOne's free certificates, API 2022-09-01. Beside the API it can be told:
 *
 * <ul>
 *   <li>{@code POST zones {"zoneName", "type", "status"}}: a site, {@code partial} and {@code
 *       active} unless said otherwise
 *   <li>{@code PUT settings {"dnsForm", "deployDelay"}}: {@code FULL}, or {@code SAMPLE} for DNS
 *       verifications with swapped values as in the official sample; how long a deployment takes
 * </ul>
 */
@ApplicationScoped
public class TencentEdgeOneEmulator implements TencentService {
  static final String VERSION = "2022-09-01";

  private final EdgeOneZones zones;
  private final EdgeOneCertificates certificates;
  private final EdgeOneHosts hosts;
  private final TencentApi api;

  TencentEdgeOneEmulator(World world) {
    zones = new EdgeOneZones(world);
    certificates = new EdgeOneCertificates(world, zones);
    hosts = new EdgeOneHosts(world, zones, certificates);
    Map<String, Operation> operations = new HashMap<>();
    operations.putAll(zones.operations());
    operations.putAll(certificates.operations());
    operations.putAll(hosts.operations());
    api = new TencentApi(world, EdgeOneCertificates.PROVIDER, VERSION, operations);
  }

  @Override
  public TencentApi api() {
    return api;
  }

  @Override
  public SandboxReply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST zones" -> putZone(body);
      case "PUT settings" -> change(body);
      default -> TencentService.super.control(method, path, body);
    };
  }

  private SandboxReply putZone(ControlBody body) {
    String type = body.optionalText("type").orElse("partial");
    if (!EdgeOneZones.TYPES.contains(type)) {
      throw new ControlException(400, "type", "must be one of " + EdgeOneZones.TYPES);
    }
    EdgeOneZones.Zone zone =
        zones.put(body.text("zoneName"), type, body.optionalText("status").orElse("active"));
    return SandboxReply.json(200, new JsonObject().put("zoneId", zone.id()).encode());
  }

  private SandboxReply change(ControlBody body) {
    body.duration("deployDelay").ifPresent(hosts::deployDelay);
    body.optionalText("dnsForm").ifPresent(this::dnsForm);
    return SandboxReply.json(200, "{}");
  }

  private void dnsForm(String form) {
    switch (form) {
      case "FULL" -> certificates.dnsForm(EdgeOneCertificates.DnsForm.FULL);
      case "SAMPLE" -> certificates.dnsForm(EdgeOneCertificates.DnsForm.SAMPLE);
      default -> throw new ControlException(400, "dnsForm", "must be FULL or SAMPLE, not " + form);
    }
  }
}
