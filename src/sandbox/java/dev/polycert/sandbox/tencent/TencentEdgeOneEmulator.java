package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tencent EdgeOne's free certificates, API 2022-09-01. Its part of the control API:
 *
 * <ul>
 *   <li>{@code POST zones {"zoneName", "type", "status"}}: a site, {@code partial} and {@code
 *       active} by default
 *   <li>{@code PUT settings {"dnsForm", "deployDelay"}}: {@code FULL}, or {@code SAMPLE} for DNS
 *       verifications with swapped values as in the official sample; how long a deployment takes
 * </ul>
 */
@ApplicationScoped
public class TencentEdgeOneEmulator implements ForwardingEmulator {
  private final EdgeOneZones zones;
  private final EdgeOneCertificates certificates;
  private final EdgeOneHosts hosts;
  private final VendorEmulator gateway;

  public TencentEdgeOneEmulator(World world) {
    zones = new EdgeOneZones(world);
    certificates = new EdgeOneCertificates(world, zones);
    hosts = new EdgeOneHosts(world, zones, certificates);
    gateway =
        new TencentApi(
            world,
            EdgeOneCertificates.PROVIDER,
            "2022-09-01",
            zones.operations(),
            certificates.operations(),
            hosts.operations());
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST zones" -> putZone(body);
      case "PUT settings" -> change(body);
      default -> ForwardingEmulator.super.control(method, path, body);
    };
  }

  private Reply putZone(ControlBody body) {
    String type = body.optionalText("type").orElse("partial");
    if (!EdgeOneZones.TYPES.contains(type)) {
      throw new ControlException(400, "type", "must be one of " + EdgeOneZones.TYPES);
    }
    EdgeOneZones.Zone zone =
        zones.put(body.text("zoneName"), type, body.optionalText("status").orElse("active"));
    return Reply.json(200, new JsonObject().put("zoneId", zone.id()).encode());
  }

  private Reply change(ControlBody body) {
    body.duration("deployDelay").ifPresent(hosts::deployDelay);
    body.optionalText("dnsForm").ifPresent(this::dnsForm);
    return Reply.json(200, "{}");
  }

  private void dnsForm(String form) {
    switch (form) {
      case "FULL" -> certificates.dnsForm(EdgeOneCertificates.DnsForm.FULL);
      case "SAMPLE" -> certificates.dnsForm(EdgeOneCertificates.DnsForm.SAMPLE);
      default -> throw new ControlException(400, "dnsForm", "must be FULL or SAMPLE, not " + form);
    }
  }
}
