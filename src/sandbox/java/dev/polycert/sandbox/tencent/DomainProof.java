package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * The record or file that proves control of one domain.
 *
 * @param domain without {@code *.}
 * @param type {@code TXT}, {@code CNAME} or {@code FILE}
 * @param key full name of the record, or the name of the file
 * @param path directory of the file, with slashes around it; empty for a record
 */
record DomainProof(String domain, String type, String key, String path, String value) {
  private static final String HEX = "0123456789abcdef";
  private static final String DIRECTORY = "/.well-known/pki-validation/";

  static DomainProof make(World world, String domain, String type) {
    String name = domain.startsWith("*.") ? domain.substring(2) : domain;
    String secret = world.random(32, HEX);
    return switch (type) {
      case "FILE" ->
          new DomainProof(
              name,
              type,
              secret.toUpperCase(Locale.ROOT) + ".txt",
              DIRECTORY,
              world.random(64, HEX));
      case "CNAME" ->
          new DomainProof(
              name,
              type,
              "_" + secret + "." + name,
              "",
              world.random(32, HEX) + "." + world.random(32, HEX) + ".dcv.sandbox.test");
      default -> new DomainProof(name, type, "_" + secret + "." + name, "", world.random(50, HEX));
    };
  }

  /** The values that are published now at the place of the proof. */
  List<String> found(World world) {
    return type.equals("FILE")
        ? world.file(domain, path + key).map(String::strip).stream().toList()
        : world.dns(key, type);
  }

  boolean published(World world) {
    return found(world).stream().anyMatch(this::matches);
  }

  private boolean matches(String published) {
    return type.equals("CNAME") ? published.equalsIgnoreCase(value) : published.equals(value);
  }

  /** The host part below the registrable domain. */
  String subDomain(World world) {
    String zone = "." + world.registrableDomain(domain);
    return key.endsWith(zone) ? key.substring(0, key.length() - zone.length()) : "";
  }

  /** One element of {@code DvAuths}. */
  JsonObject json(World world) {
    return new JsonObject()
        .put("DvAuthKey", key)
        .put("DvAuthValue", value)
        .put("DvAuthDomain", domain)
        .put("DvAuthPath", path)
        .put("DvAuthSubDomain", subDomain(world))
        .put("DvAuthVerifyType", type);
  }

  /** One element of CheckCertificateDomainVerification's {@code VerificationResults}. */
  JsonObject result(World world, boolean passed, boolean issued) {
    List<String> found = found(world);
    int localCheck = published(world) ? 1 : found.isEmpty() ? missing() : missing() - 1;
    String reason = type.toLowerCase(Locale.ROOT) + (type.equals("FILE") ? "" : " record");
    return new JsonObject()
        .put("Domain", domain)
        .put("VerifyType", type.equals("FILE") ? "FILE" : "DNS")
        .put("LocalCheck", localCheck)
        .put("CaCheck", passed ? 2 : -1)
        .put(
            "LocalCheckFailReason",
            localCheck == 1 ? "" : reason + (found.isEmpty() ? " not found" : " mismatch"))
        .put("CheckValue", found)
        .put("Frequently", false)
        .put("Issued", issued);
  }

  /** The code of LocalCheck when nothing is published; one less for a wrong value. */
  private int missing() {
    return switch (type) {
      case "FILE" -> -4;
      case "CNAME" -> -6;
      default -> -1;
    };
  }
}
