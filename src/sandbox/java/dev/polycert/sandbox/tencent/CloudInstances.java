package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cloud resources of the emulated account that can use certificates. */
final class CloudInstances {
  /** "ResourceTypes" of UpdateCertificateInstance. */
  static final List<String> TYPES =
      List.of(
          "clb",
          "cdn",
          "waf",
          "live",
          "ddos",
          "teo",
          "apigateway",
          "vod",
          "tke",
          "tcb",
          "tse",
          "cos",
          "mqtt",
          "scf",
          "tdmq",
          "gaap");

  /** Those that exist region by region. */
  static final Set<String> REGIONAL =
      Set.of("clb", "tke", "apigateway", "waf", "tcb", "tse", "cos", "mqtt", "scf", "tdmq");

  private final List<CloudInstance> all = new ArrayList<>();

  CloudInstances(World world) {
    world.onReset(all::clear);
  }

  /** One that can use a certificate. */
  static final class CloudInstance {
    final String type;
    final String region;
    final String id;
    final String listener;
    final String domain;
    @Nullable String certificate;

    /** How many of the next changes fail. */
    int failures;

    /** How often its certificate was changed. */
    int changes;

    private CloudInstance(ControlBody body) {
      type = body.text("type");
      region = body.optionalText("region").orElse("");
      id = body.text("instanceId");
      listener = body.optionalText("listenerId").orElse("");
      domain = body.optionalText("domain").orElse("");
      certificate = body.optionalText("certificateId").orElse(null);
      failures = body.number("failures").orElse(0.0).intValue();
    }

    /** Puts a certificate there; false when that fails. */
    boolean change(String to) {
      if (failures > 0) {
        failures--;
        return false;
      }
      certificate = to;
      changes++;
      return true;
    }

    private JsonObject json() {
      return new JsonObject()
          .put("type", type)
          .put("region", region)
          .put("instanceId", id)
          .put("listenerId", listener)
          .put("domain", domain)
          .put("certificateId", certificate)
          .put("changes", changes);
    }
  }

  void add(ControlBody body) {
    CloudInstance instance = new CloudInstance(body);
    if (!TYPES.contains(instance.type)) {
      throw new ControlException(400, "type", "must be one of " + TYPES);
    }
    if (REGIONAL.contains(instance.type) && instance.region.isEmpty()) {
      throw new ControlException(400, "region", "is missing; " + instance.type + " has regions");
    }
    all.add(instance);
  }

  List<CloudInstance> all() {
    return List.copyOf(all);
  }

  /** Those that have a certificate. */
  List<CloudInstance> with(String certificate) {
    return all.stream().filter(one -> certificate.equals(one.certificate)).toList();
  }

  JsonArray json() {
    return new JsonArray(all.stream().map(CloudInstance::json).toList());
  }
}
