package dev.polycert.vendor.huawei.cdn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.JsonEnvelope;
import java.util.Optional;

/**
 * An accelerated domain as it is configured.
 *
 * @param certificate what it serves in PEM; empty while HTTPS is off
 * @param name of the certificate there
 * @param settings those that UpdateDomainMultiCertificates sets beside the certificate
 */
record Accelerated(String domain, String certificate, String name, Settings settings) {
  private static final String ON = "on";

  /**
   * Settings that a call for a certificate puts back to their defaults where it leaves them out: to
   * the origin by HTTP, no redirect, no HTTP/2. Domains with the same ones fit into one call.
   *
   * @param originWay 1: as the client came; 2: HTTP; 3: HTTPS
   * @param redirect {@code http} or {@code https}; empty for none
   */
  record Settings(int originWay, String redirect, boolean http2) {

    /** Adds them to the call. */
    void addTo(ObjectNode https) {
      https.put("access_origin_way", originWay).put("http2", http2 ? 1 : 0);
      ObjectNode force = https.putObject("force_redirect_config");
      force.put("switch", redirect.isEmpty() ? 0 : 1);
      if (!redirect.isEmpty()) {
        force.put("redirect_type", redirect);
      }
    }
  }

  /** Reads an answer of ShowDomainFullConfig; empty when it has no configuration. */
  static Optional<Accelerated> of(String domain, JsonNode root) {
    JsonNode configs = root.path("configs");
    JsonNode https = configs.path("https");
    if (!configs.isObject()) {
      return Optional.empty();
    }
    boolean on = ON.equals(JsonEnvelope.first(https, "https_status"));
    JsonNode redirect = configs.path("force_redirect");
    return Optional.of(
        new Accelerated(
            domain,
            on ? https.path("certificate_value").asText("") : "",
            https.path("certificate_name").asText(""),
            new Settings(
                originWay(configs.path("origin_protocol").asText("")),
                ON.equals(JsonEnvelope.first(redirect, "status"))
                    ? redirect.path("type").asText("https")
                    : "",
                ON.equals(JsonEnvelope.first(https, "http2_status")))));
  }

  private static int originWay(String protocol) {
    return switch (protocol) {
      case "follow" -> 1;
      case "https" -> 3;
      default -> 2;
    };
  }
}
